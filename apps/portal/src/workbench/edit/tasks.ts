import { fieldGroups, type Field, type FieldGroup } from '../../fields/field-groups.ts';
import { isEmpty } from '../../fields/field-text.ts';
import { isAt, pointerOf } from '../../fields/pointer.ts';
import { domainOf } from '../../record/record-text.ts';
import type { RecordView, Vocabulary } from '../../views.ts';
import type { Issue } from '../problem.ts';

/** A step of the form: a group of fields, the label, or the check before submitting. */
export type Task = { code: string; title: string; fields: Field[] };
export const LABEL_TASK = 'label';
export const CHECK_TASK = 'check';

/** The groups of a record's form, in order: the core's, then its domain's. */
export function formGroups(vocabulary: Vocabulary, record: RecordView): FieldGroup[] {
  const { core, attrs } = fieldGroups(vocabulary, record.kind, domainOf(record) ?? '');
  return [...core, ...attrs];
}

/** The value under a path such as `core.title`. */
export type ValueOf = (path: string) => unknown;
export const valueIn =
  (record: Pick<RecordView, 'core' | 'attrs'>): ValueOf =>
  (path) => {
    const [part, name = ''] = path.split('.');
    return part === 'attrs' ? record.attrs[name] : record.core[name];
  };

export const missingFields = (fields: readonly Field[], valueOf: ValueOf, need: Field['need']): Field[] =>
  fields.filter((field) => field.need === need && isEmpty(valueOf(field.path)));

export type TaskState = { name: 'wrong' | 'open'; count: number } | { name: 'done' | 'untouched' | 'optional' };

/** How far a group of fields is: faults first, then what is missing, then whether anybody began. */
export function taskState(fields: readonly Field[], valueOf: ValueOf, issues: readonly Issue[]): TaskState {
  const wrong = issues.filter(({ pointer }) => fields.some((field) => isAt(pointer, pointerOf(field.path)))).length;
  if (wrong > 0) return { name: 'wrong', count: wrong };
  const isTouched = fields.some((field) => !isEmpty(valueOf(field.path)));
  const missing = missingFields(fields, valueOf, 'submit').length;
  if (missing > 0) return isTouched ? { name: 'open', count: missing } : { name: 'untouched' };
  return isTouched ? { name: 'done' } : { name: 'optional' };
}
