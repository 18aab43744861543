import type pg from 'pg';
import type { Queryable } from './pool.ts';

const names = new Map<string, string>();

function nameOf(text: string): string {
  const known = names.get(text) ?? `s${names.size}`;
  names.set(text, known);
  return known;
}

/**
 * The same connection, which parses and plans each statement with values once and keeps it: for texts that are written in code,
 * of which there are few, and never for one put together from data.
 */
export function prepared(client: pg.ClientBase): Queryable {
  return {
    query: (text, values) => (values ? client.query({ name: nameOf(text), text, values }) : client.query(text)),
  };
}
