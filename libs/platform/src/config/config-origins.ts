import type { z } from 'zod';
import { SECRET_NAME } from './known-settings.ts';
import { readSources, valueAt, type ConfigSource } from './read-sources.ts';

export interface ConfigOrigin {
  path: string;
  variable: string;
  origin: 'environment' | 'file' | 'default' | 'unset';
  /** As text; secrets, and passwords inside addresses, are masked. */
  value: string;
}

const MASK = '••••';

/** Each setting with where its value comes from; works on a faulty configuration too. */
export function configOrigins<S extends z.ZodObject>(schema: S, source: ConfigSource): ConfigOrigin[] {
  const read = readSources(schema, source);
  const parsed = schema.safeParse(read.data);
  return read.settings.map((setting) => {
    const value = valueAt(parsed.success ? parsed.data : read.data, setting.path);
    const origin = read.originOf(setting) ?? (value === undefined ? 'unset' : 'default');
    return {
      path: setting.path.join('.'),
      variable: setting.variable,
      origin,
      value: setting.isSecret && value !== undefined ? MASK : shown(value),
    };
  });
}

function shown(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value, (key, inner: unknown) => (SECRET_NAME.test(key) ? MASK : inner));
  return text.replace(/(:\/\/[^/\s:@"]*:)[^/\s@"]*@/g, `$1${MASK}@`);
}
