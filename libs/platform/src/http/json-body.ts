import type { FastifyInstance } from 'fastify';
import { HttpFaultError } from './problem.ts';

const MAX_DEPTH = 64;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** JSON is the only body a route takes unless its scope says otherwise; keys that could reach a prototype are refused by name. */
export function acceptOnlyJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, body: string | Buffer) =>
    parseJsonBody(String(body)),
  );
}

export function parseJsonBody(text: string): unknown {
  const malformed = { status: 400, code: 'BODY_MALFORMED', detail: '正文不是合法的 JSON。', remedy: '检查引号、逗号和编码（UTF-8）。' };
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new HttpFaultError(malformed);
  }
  const pointer = findForbiddenKey(body);
  if (pointer === undefined) return body;
  if (pointer === TOO_DEEP) throw new HttpFaultError({ ...malformed, detail: `正文嵌套超过 ${MAX_DEPTH} 层。`, remedy: '减少嵌套。' });
  throw new HttpFaultError({ status: 400, code: 'FORBIDDEN_KEY', detail: `不允许的键：${pointer}`, remedy: '去掉这个键。', pointer });
}

const TOO_DEEP = 'too deep';

/** JSON pointer of the first `__proto__`, `constructor` or `prototype` key; for bodies that another parser (tRPC's) read, too. */
export function findForbiddenKey(value: unknown, pointer = '', depth = 0): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > MAX_DEPTH) return TOO_DEEP;
  for (const key of Object.keys(value)) {
    const here = `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!Array.isArray(value) && FORBIDDEN.has(key)) return here;
    const inner = findForbiddenKey((value as Record<string, unknown>)[key], here, depth + 1);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
