import { COLUMNS, type Column, type Comparison, type Condition } from '../condition.ts';

export interface SqlFragment {
  text: string;
  values: unknown[];
}

/**
 * The condition as an SQL fragment over `listed_record`. Parameters are numbered from `firstParameter`; no value and no name of a
 * caller ever becomes text. `alias`: how the query names the table.
 */
export function toSql(condition: Condition, options: { firstParameter: number; alias?: string }): SqlFragment {
  const values: unknown[] = [];
  const prefix = options.alias ? `${identifier(options.alias)}.` : '';
  const parameter = (value: unknown): string => `$${options.firstParameter + values.push(value) - 1}`;
  const compile = (part: Condition): string => {
    if ('all' in part) return `(${part.all.map(compile).join(' and ')})`;
    if ('any' in part) return `(${part.any.map(compile).join(' or ')})`;
    if ('never' in part) return 'false';
    if ('always' in part) return 'true';
    return comparison(part, `${prefix}${columnName(part.field)}`, parameter);
  };
  return { text: compile(condition), values };
}

const OPERATORS = { equals: '=', lt: '<', lte: '<=', gt: '>', gte: '>=' } as const;
const SQL_TYPES = { text: 'text', adcode: 'text', list: 'text', boolean: 'boolean', number: 'integer' } as const;

function comparison(part: Comparison, column: string, parameter: (value: unknown) => string): string {
  const type = SQL_TYPES[COLUMNS[part.field]];
  if (part.op === 'in') return `${column} = any (${parameter([...part.value])}::${type}[])`;
  if (part.op === 'has') return `${column} @> array[${parameter(part.value)}::${type}]`;
  return `${column} ${OPERATORS[part.op]} ${parameter(part.value)}::${type}`;
}

const identifier = (name: string): string => {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`"${name}" is no SQL alias: lower-case letters, digits and _ only`);
  return name;
};
const columnName = (column: Column): string => column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
