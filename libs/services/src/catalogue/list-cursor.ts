import { DomainError, z } from '@xiangjing/scenario-sdk';
import { createHash } from 'node:crypto';
import { canonical } from '../kernel/idempotency.ts';

/** Where a page ended: the sort key and id of its last row, and which list it belongs to. */
const Text = z.string().regex(/^[^\0]*$/); // the database keeps no NUL
const Position = z.tuple([Text, Text, Text]);

/** Cursors are bound to their list: another sort or filter has other pages. */
export const listDigest = (list: unknown): string => createHash('sha256').update(canonical(list)).digest('base64url').slice(0, 12);

export const writeCursor = (list: string, key: string, id: string): string =>
  Buffer.from(JSON.stringify([list, key, id])).toString('base64url');

export function readCursor(cursor: string, list: string): { key: string; id: string } {
  const position = Position.safeParse(parsed(cursor)).data;
  if (position && position[0] === list) return { key: position[1], id: position[2] };
  throw new DomainError('CURSOR_INVALID', '翻页位置不属于这个清单', {
    remedy: '去掉 cursor 从第一页开始；换了筛选或排序就要重新开始',
    issues: [{ pointer: '?cursor', code: 'CURSOR_INVALID', message: '翻页位置不属于这个清单', remedy: '去掉 cursor' }],
  });
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
