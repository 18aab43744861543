import { useState } from 'react';
import type { Field } from '../../fields/field-groups.ts';
import { isEmpty } from '../../fields/field-text.ts';
import type { RecordView } from '../../views.ts';
import { valueIn, type ValueOf } from './tasks.ts';

type Changes = Record<string, unknown>;
type Json = RecordView['core'][string];

export interface Draft {
  valueOf: ValueOf;
  change(path: string, value: unknown): void;
  isChanged: boolean;
  /** What `edit` takes: the fields changed, null for those emptied. */
  patch(): { core: Record<string, Json>; attrs: Record<string, Json> };
  /** Forgets what was changed, once it is saved. */
  reset(): void;
}

/** What somebody typed and did not save yet, over the record as the node has it. */
export function useDraft(record: RecordView, fields: readonly Field[]): Draft {
  const [changes, setChanges] = useState<Changes>({});
  const stored = valueIn(record);
  return {
    valueOf: (path) => (path in changes ? changes[path] : stored(path)),
    change: (path, value) => setChanges((before) => ({ ...before, [path]: value })),
    isChanged: Object.keys(changes).length > 0,
    patch: () => ({ core: part(changes, fields, 'core'), attrs: part(changes, fields, 'attrs') }),
    reset: () => setChanges({}),
  };
}

function part(changes: Changes, fields: readonly Field[], which: Field['part']): Record<string, Json> {
  const changed = fields.filter((field) => field.part === which && field.path in changes);
  return Object.fromEntries(
    changed.map(({ path, name }): [string, Json] => [
      name,
      isEmpty(changes[path]) ? null : (JSON.parse(JSON.stringify(changes[path])) as Json),
    ]),
  );
}
