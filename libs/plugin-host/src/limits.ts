import { pointerTo, type Issue, type JsonObject, type Json } from '@xiangjing/scenario-sdk';

export const LIMITS = {
  attrsBytes: 64 * 1024,
  stringBytes: 8 * 1024,
  outputBytes: 64 * 1024,
  issues: 200,
  descriptorBytes: 256 * 1024,
} as const;

const tooLarge = (pointer: string, message: string): Issue => ({
  pointer,
  code: 'ATTRIBUTE_TOO_LARGE',
  message,
  remedy: '精简内容；长文件和数据留在原处，这里只写名称和编号。',
});

/** Faults of size: the attributes as a whole, and each text in them. */
export function sizeIssues(attrs: JsonObject): Issue[] {
  const bytes = Buffer.byteLength(JSON.stringify(attrs));
  if (bytes > LIMITS.attrsBytes) return [tooLarge('/attrs', `领域属性共 ${bytes} 字节，上限 ${LIMITS.attrsBytes}。`)];
  return longStrings(attrs, ['attrs']).map((path) => tooLarge(pointerTo('', path), `这段文字超过 ${LIMITS.stringBytes} 字节。`));
}

function longStrings(value: Json, path: readonly string[]): (readonly string[])[] {
  if (typeof value === 'string') return Buffer.byteLength(value) > LIMITS.stringBytes ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => longStrings(inner, [...path, key]));
}
