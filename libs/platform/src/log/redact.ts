/**
 * What a log line must not carry: credentials and ways to reach a person. Values are hidden by the name of their key, at any depth;
 * texts lose mobile and identity card numbers, tokens and passwords inside addresses, whatever they are called.
 */
const HIDDEN = '[redacted]';
const HIDDEN_KEY = /^(set-?)?cookie$|^e?mail$|mailbox|authorization|passw|secret|token|mobile|phone|telephone/i;
const MAX_DEPTH = 8;

export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return '[deep]';
  if (value instanceof Error) return redactError(value, depth);
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (value instanceof Map || value instanceof Set) return `[${value.size} items]`;
  const copy: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) copy[key] = HIDDEN_KEY.test(key) && isFilled(inner) ? HIDDEN : redact(inner, depth + 1);
  return copy;
}

/** Message and stack, code and remedy of our own errors, and the cause: an Error as it stands would be logged as `{}`. */
function redactError(error: Error, depth: number): Record<string, unknown> {
  const { code, remedy } = error as { code?: unknown; remedy?: unknown };
  return {
    type: error.name,
    message: redactText(error.message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof remedy === 'string' && remedy ? { remedy: redactText(remedy) } : {}),
    stack: redactText(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
  };
}

const isFilled = (value: unknown): boolean => value !== undefined && value !== null && typeof value !== 'boolean';

export function redactText(text: string): string {
  return text
    .replace(/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, HIDDEN)
    .replace(/\b(Bearer|Basic) +[\w.~+/-]+=*/g, `$1 ${HIDDEN}`)
    .replace(/(:\/\/[^/\s:@]*:)[^/\s@]+@/g, `$1${HIDDEN}@`)
    .replace(/(?<![\dA-Za-z])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\dA-Za-z])/g, HIDDEN)
    .replace(/(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])/g, HIDDEN);
}
