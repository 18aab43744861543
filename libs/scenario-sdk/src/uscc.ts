/**
 * The unified social credit code (GB 32100-2015): 18 characters, the last a check digit over 31 letters without I O S V Z.
 * Characters 9 to 17 are the organisation code with a check of its own (GB 11714), which counts with 36 letters.
 */
const LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const INNER_LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const INNER_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const SHAPE = /^[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{9}[0-9A-HJ-NP-RTUWXY]$/;
const LOOKALIKE: Record<string, string> = { O: '0', I: '1', Z: '2', S: '5', V: 'U' };

const weighted = (text: string, letters: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + letters.indexOf(text.charAt(i)) * weight, 0);

/** The check digit of the first 17 characters. */
export const usccCheckDigit = (first17: string): string => LETTERS.charAt((31 - (weighted(first17, LETTERS, WEIGHTS) % 31)) % 31);

/** The check digit of an organisation code, from its first 8 characters. */
export function organisationCheckDigit(first8: string): string {
  const rest = 11 - (weighted(first8, INNER_LETTERS, INNER_WEIGHTS) % 11);
  return rest === 10 ? 'X' : rest === 11 ? '0' : String(rest);
}

/** Case, width and blanks as people type them: full-width letters and digits become plain ones. */
export const normaliseUscc = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();

export type UsccCheck = { ok: true; uscc: string } | { ok: false; message: string; remedy: string };

/**
 * Checks a code and gives its normal form. `exceptions`: early codes that fail the digits and are on the reviewed list.
 * @example checkUscc('91440300 71526726xg') // { ok: true, uscc: '9144030071526726XG' }
 */
export function checkUscc(text: string, exceptions: ReadonlySet<string> = new Set()): UsccCheck {
  const uscc = normaliseUscc(text);
  if (exceptions.has(uscc)) return { ok: true, uscc };
  const bad = (message: string, remedy: string): UsccCheck => ({ ok: false, message, remedy });
  if (uscc.length !== 18) return bad(`统一社会信用代码应为 18 位，现为 ${uscc.length} 位。`, '对照营业执照或登记证书补全。');
  const wrong = uscc.split('').findIndex((c) => !LETTERS.includes(c));
  if (wrong >= 0) {
    const char = uscc.charAt(wrong);
    const maybe = LOOKALIKE[char];
    const hint = maybe ? `是不是“${maybe}”？` : '';
    return bad(`第 ${wrong + 1} 位“${char}”不是统一社会信用代码使用的字符。`, `代码中没有 I、O、S、V、Z。${hint}对照证书改正。`);
  }
  if (!SHAPE.test(uscc)) return bad('第 3 至 8 位应为登记机关的 6 位行政区划代码。', '对照证书改正这 6 位数字。');
  const inner = organisationCheckDigit(uscc.slice(8, 16));
  if (inner !== uscc.charAt(16)) return bad('第 9 至 17 位（组织机构代码）的校验码不对。', '多半是抄错了一位，对照证书逐位核对。');
  const digit = usccCheckDigit(uscc.slice(0, 17));
  if (digit !== uscc.charAt(17))
    return bad('第 18 位校验码不对。', '多半是抄错了一位，对照证书逐位核对；确属早期特殊代码的，请申请列入例外名单。');
  return { ok: true, uscc };
}
