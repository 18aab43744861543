import { useTranslation } from 'react-i18next';
import type { FieldSchema } from '../fields/field-schema.ts';
import { fieldText, isEmpty } from '../fields/field-text.ts';
import { ValueTable } from './value-table.tsx';

interface FieldValueProps {
  value: unknown;
  schema: FieldSchema;
  label: string;
}

const isRow = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A longer value by its form: text in paragraphs, a list of sentences numbered, a list of objects as a table, an object part by part. */
export function FieldValue({ value, schema, label }: FieldValueProps) {
  const { t } = useTranslation();
  if (Array.isArray(value) && value.every(isRow)) return <ValueTable rows={value} schema={schema.items ?? {}} label={label} />;
  if (Array.isArray(value))
    return (
      <ol className="req">
        {value.map((item, i) => (
          <li key={i}>{fieldText(t, item, schema.items ?? {})}</li>
        ))}
      </ol>
    );
  if (isRow(value) && schema.properties)
    return (
      <dl className="parts">
        {Object.entries(schema.properties)
          .filter(([name]) => !isEmpty(value[name]))
          .map(([name, part]) => (
            <div key={name}>
              <dt>{part.title ?? name}</dt>
              <dd>{fieldText(t, value[name], part)}</dd>
            </div>
          ))}
      </dl>
    );
  return fieldText(t, value, schema)
    .split(/\n+/)
    .map((paragraph, i) => <p key={i}>{paragraph}</p>);
}
