import { pointerTo } from './issues.ts';

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
/** Deeper than any real document: a value nested further is refused as if it held such a key. */
const MAX_DEPTH = 64;

/**
 * The JSON pointer of the first key that could reach an object's prototype, or undefined. To be asked at every JSON boundary:
 * parsers drop such keys silently.
 * @example forbiddenKeyIn(JSON.parse('{"a":{"__proto__":{}}}')) // '/a/__proto__'
 */
export function forbiddenKeyIn(value: unknown, path: readonly string[] = []): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (path.length > MAX_DEPTH) return pointerTo('', path);
  for (const key of Object.keys(value)) {
    if (FORBIDDEN.has(key)) return pointerTo('', [...path, key]);
    const inner = forbiddenKeyIn((value as Record<string, unknown>)[key], [...path, key]);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
