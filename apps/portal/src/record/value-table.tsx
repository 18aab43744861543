import { useTranslation } from 'react-i18next';
import type { FieldSchema } from '../fields/field-schema.ts';
import { fieldText, isEmpty } from '../fields/field-text.ts';

interface ValueTableProps {
  rows: Record<string, unknown>[];
  schema: FieldSchema;
  label: string;
}

/**
 * A list of objects as a table that stacks on phones. Stacking changes `display`, which takes the table roles away in some
 * browsers, so they are written out.
 */
export function ValueTable({ rows, schema, label }: ValueTableProps) {
  const { t } = useTranslation();
  const columns = Object.entries(schema.properties ?? {}).filter(([name]) => rows.some((row) => !isEmpty(row[name])));
  return (
    <table className="stack" role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(([name, { title }]) => (
            <th key={name} scope="col" role="columnheader">
              {title ?? name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row, i) => (
          <tr key={i} role="row">
            {columns.map(([name, part], column) => {
              const text = isEmpty(row[name]) ? '' : fieldText(t, row[name], part);
              return column === 0 ? (
                <th key={name} scope="row" role="rowheader">
                  {text}
                </th>
              ) : (
                <td key={name} role="cell" data-k={part.title ?? name}>
                  <span>{text}</span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
