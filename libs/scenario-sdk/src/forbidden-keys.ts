import { pointerTo } from './issues.ts';

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
/** Deeper than any real document: a value nested further is refused as if it held such a key. */
const MAX_DEPTH = 64;

/**
 * The JSON pointer of the first key that could reach an object's prototype, or undefined. To be asked at every JSON boundary:
 * parsers drop such keys silently.
 * @example forbiddenKeyIn(JSON.parse('{"a":{"__proto__":{}}}')) // '/a/__proto__'
 */
export function forbiddenKeyIn(value: unknown): string | undefined {
  const path = pathToForbidden(value, 0);
  return path && pointerTo('', path.toReversed());
}

/** From the inside out: keys are only collected on the way back from a finding. */
function pathToForbidden(value: unknown, depth: number): string[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > MAX_DEPTH) return [];
  for (const key of Object.keys(value)) {
    if (FORBIDDEN.has(key)) return [key];
    const inner = pathToForbidden((value as Record<string, unknown>)[key], depth + 1);
    if (inner) return [...inner, key];
  }
  return undefined;
}
