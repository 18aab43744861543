import type { z } from 'zod';
import type { ErrorCode, Issue } from './errors.ts';
import { valueMessage } from './value-messages.ts';

/** An RFC 6901 JSON pointer under `base`: `pointerTo('/core', ['metrics', 0])` is `/core/metrics/0`. */
export const pointerTo = (base: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>((at, key) => `${at}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`, base);

/** Parses without throwing and tells each fault with its place. Unknown keys are `FIELD_UNKNOWN`, all else is `code`. */
export function issuesIn(schema: z.ZodType, value: unknown, base: string, code: ErrorCode = 'INPUT_INVALID'): Issue[] {
  const result = schema.safeParse(value, { error: valueMessage });
  if (result.success) return [];
  return result.error.issues.flatMap((issue): Issue[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        pointer: pointerTo(base, [...issue.path, key]),
        code: code === 'INPUT_INVALID' ? 'FIELD_UNKNOWN' : code,
        message: `没有名为“${key}”的字段。`,
        remedy: '核对字段名，或去掉它。',
      }));
    }
    return [{ pointer: pointerTo(base, issue.path), code, message: issue.message, remedy: '按字段说明改正后再提交。' }];
  });
}
