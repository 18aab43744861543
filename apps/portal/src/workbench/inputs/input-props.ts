import type { ComponentType } from 'react';
import type { FieldSchema } from '../../fields/field-schema.ts';
import type { Issue } from '../problem.ts';

/** What every control of a form takes: where its value stands, what it may be, what is wrong with it. */
export interface InputProps {
  pointer: string;
  schema: FieldSchema;
  label: string;
  value: unknown;
  /** undefined empties the field */
  onChange: (value: unknown) => void;
  issues: readonly Issue[];
  isRequired: boolean;
  isDisabled?: boolean | undefined;
  /** ids of hint and error */
  describedBy?: string | undefined;
  isWrong?: boolean | undefined;
  /** draws a field inside this one; handed down, so that item and control need not import each other */
  Item: ComponentType<FieldItemProps>;
}

export interface FieldItemProps extends Omit<InputProps, 'Item' | 'describedBy' | 'isWrong'> {
  hint?: string | undefined;
  /** said behind the name, such as 选填 */
  remark?: string | undefined;
}
