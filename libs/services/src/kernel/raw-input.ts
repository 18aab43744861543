import { findForbiddenKey } from '@xiangjing/platform';
import { DomainError, pointerTo, type ErrorCode } from '@xiangjing/scenario-sdk';

/** What no input may hold, whatever its schema: keys of the prototype, and text that the database cannot keep. */
export function checkRawOrThrow(raw: unknown): void {
  const key = findForbiddenKey(raw);
  if (key?.startsWith('/')) throw fault('FORBIDDEN_KEY', key, `“${key}”不能用作字段名`, '去掉这个字段');
  if (key !== undefined) throw fault('INPUT_INVALID', '', '内容嵌套太深', '减少嵌套的层数');
  const text = findUnstorable(raw, '');
  if (text !== undefined) throw fault('INPUT_INVALID', text, '文字中有不能保存的字符（空字符或残缺的字符）', '去掉这些字符');
}

function fault(code: ErrorCode, pointer: string, message: string, remedy: string): DomainError {
  return new DomainError(code, message, { remedy, issues: [{ pointer, code, message, remedy }] });
}

/** Place of the first text with a NUL or half a character. */
function findUnstorable(value: unknown, pointer: string): string | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : pointer;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const here = pointerTo(pointer, [key]);
    const found = isStorable(key) ? findUnstorable(inner, here) : here;
    if (found !== undefined) return found;
  }
  return undefined;
}
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();
