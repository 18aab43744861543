import { useTranslation } from 'react-i18next';
import type { Field, FieldGroup } from '../fields/field-groups.ts';
import type { FieldSchema } from '../fields/field-schema.ts';
import { fieldText } from '../fields/field-text.ts';
import { FieldValue } from './field-value.tsx';

/** Values of a line go into one list of names and values; texts, lists and tables stand on their own. */
function isShort(value: unknown, { items, maxLength = 0, properties }: FieldSchema): boolean {
  if (Array.isArray(value)) return items?.enum !== undefined || (items?.type === 'string' && (items.maxLength ?? Infinity) <= 60);
  if (typeof value === 'string') return value.length <= 60 && maxLength <= 500;
  return typeof value !== 'object' || (properties !== undefined && Object.values(properties).every((part) => (part.maxLength ?? 0) <= 500));
}

export function FieldSection({ group, valueOf }: { group: FieldGroup; valueOf: (field: Field) => unknown }) {
  const { t } = useTranslation();
  const long = group.fields.filter((field) => !isShort(valueOf(field), field.schema));
  const short = group.fields.filter((field) => isShort(valueOf(field), field.schema));
  const isAlone = group.fields.length === 1;
  return (
    <section aria-labelledby={`s-${group.code}`}>
      <h2 id={`s-${group.code}`}>{isAlone && long.length === 1 ? long[0]?.title : group.title}</h2>
      {long.map((field) => (
        <div key={field.path} className="part">
          {!isAlone && <h3>{field.title}</h3>}
          <FieldValue value={valueOf(field)} schema={field.schema} label={field.title} />
        </div>
      ))}
      {short.length > 0 && (
        <dl className="kv part">
          {short.map((field) => (
            <div key={field.path}>
              <dt>{field.title}</dt>
              <dd>{fieldText(t, valueOf(field), field.schema)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
