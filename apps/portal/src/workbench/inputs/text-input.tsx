import { Input } from 'antd';
import { controlProps } from './control-props.ts';
import { inputKind } from './input-kind.ts';
import type { InputProps } from './input-props.ts';

export function TextInput(props: InputProps) {
  const { schema, value, onChange, isRequired } = props;
  const text = typeof value === 'string' ? value : '';
  const common = { ...controlProps(props), value: text, maxLength: schema.maxLength };
  const change = (next: string) => onChange(next === '' ? undefined : next);
  return inputKind(schema, isRequired) === 'long' ? (
    <Input.TextArea {...common} autoSize={{ minRows: 3, maxRows: 12 }} onChange={(event) => change(event.target.value)} />
  ) : (
    <Input {...common} onChange={(event) => change(event.target.value)} />
  );
}
