import { InputNumber } from 'antd';
import { controlProps } from './control-props.ts';
import type { InputProps } from './input-props.ts';

/** Bounds stay with the node: a control that knew them would quietly turn 36 into 24, where a person should read what is wrong. */
export function NumberInput(props: InputProps) {
  const { value, onChange } = props;
  return (
    <InputNumber
      {...controlProps(props)}
      value={typeof value === 'number' ? value : null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}
