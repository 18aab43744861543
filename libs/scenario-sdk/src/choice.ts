import { z } from 'zod';

/**
 * A list of codes with their names, so that a form can show them: `choice({ none: '不使用|none', assisted: '辅助|assisted' })`.
 * The names travel in the JSON Schema as `x-zh` and `x-en`; a code is never renamed, its name may be.
 */
export function choice<const C extends Record<string, string>>(names: C): z.ZodEnum<{ [K in keyof C & string]: K }> {
  const codes = Object.keys(names) as (keyof C & string)[];
  const part = (index: number) => Object.fromEntries(codes.map((code) => [code, (names[code] ?? '').split('|')[index] ?? code]));
  return z.enum(codes).meta({ 'x-zh': part(0), 'x-en': part(1) }) as unknown as z.ZodEnum<{ [K in keyof C & string]: K }>;
}

/** A nested field with its name, `title` and `x-en-title` in the JSON Schema: `named(z.number(), '下限高度|lower limit', 'm')`. */
export function named<T extends z.ZodType>(schema: T, names: string, unit?: string): T {
  const [zh, en] = names.split('|');
  return schema.meta({ title: zh, ...(en ? { 'x-en-title': en } : {}), ...(unit ? { 'x-unit': unit } : {}) }) as T;
}
