import { controlId } from '../../fields/pointer.ts';
import type { InputProps } from './input-props.ts';

/** What ties a control of the kit to its name, hint and error. */
export const controlProps = ({ pointer, describedBy, isWrong, isRequired, isDisabled }: InputProps) => ({
  id: controlId(pointer),
  disabled: isDisabled === true,
  'aria-describedby': describedBy,
  'aria-invalid': isWrong ? (true as const) : undefined,
  'aria-required': isRequired ? (true as const) : undefined,
  ...(isWrong ? { status: 'error' as const } : {}),
});
