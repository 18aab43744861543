import { Radio } from 'antd';
import { choicesOf } from './choices.ts';
import type { InputProps } from './input-props.ts';

/** A few choices, all to be seen at once. */
export function RadioInput({ pointer, schema, value, onChange, isDisabled }: InputProps) {
  return (
    <Radio.Group
      name={pointer}
      disabled={isDisabled === true}
      value={value ?? null}
      onChange={(event) => onChange(event.target.value)}
      options={choicesOf(schema)}
    />
  );
}
