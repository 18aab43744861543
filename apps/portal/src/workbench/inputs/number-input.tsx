import { InputNumber } from 'antd';
import { controlProps } from './control-props.ts';
import type { InputProps } from './input-props.ts';

export function NumberInput(props: InputProps) {
  const { schema, value, onChange } = props;
  return (
    <InputNumber
      {...controlProps(props)}
      value={typeof value === 'number' ? value : null}
      min={schema.minimum}
      max={schema.maximum}
      precision={schema.type === 'integer' ? 0 : undefined}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
