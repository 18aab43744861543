import { z } from 'zod';

/** One setting of the schema: its path in the file, its variable in the environment, and how text becomes its value. */
export interface Setting {
  path: string[];
  variable: string;
  isSecret: boolean;
  fromText(text: string): unknown;
}

/** Names whose values are never shown. */
export const SECRET_NAME = /secret|password|token|privatekey/i;

/** The schema under optional, default, nullable and the like. */
export function bareSchema(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodPipe) return bareSchema(schema.in as z.ZodType);
  const wrapped =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodReadonly;
  return wrapped ? bareSchema(schema.unwrap() as z.ZodType) : schema;
}

/** Every leaf of the schema; `database.appUrl` is also `XIANGJING_DATABASE_APP_URL`. Throws if two leaves share a variable. */
export function knownSettings(schema: z.ZodType, prefix: string): Setting[] {
  const settings = leavesOf(schema, []).map(({ path, leaf, isSecret }) => ({
    path,
    variable: prefix + path.map(constantCase).join('_'),
    isSecret,
    fromText: (text: string) => fromText(leaf, text),
  }));
  const taken = new Map<string, Setting>();
  for (const setting of settings) {
    const other = taken.get(setting.variable);
    if (other) throw new TypeError(`${other.path.join('.')} and ${setting.path.join('.')} would share ${setting.variable}`);
    taken.set(setting.variable, setting);
  }
  return settings;
}

interface Leaf {
  path: string[];
  leaf: z.ZodType;
  isSecret: boolean;
}

function leavesOf(schema: z.ZodType, path: string[]): Leaf[] {
  const bare = bareSchema(schema);
  if (bare instanceof z.ZodObject) {
    return Object.entries(bare.shape).flatMap(([key, inner]) => leavesOf(inner as z.ZodType, [...path, key]));
  }
  const isSecret = schema.meta()?.['secret'] === true || SECRET_NAME.test(path.at(-1) ?? '');
  return [{ path, leaf: bare, isSecret }];
}

function fromText(leaf: z.ZodType, text: string): unknown {
  if (leaf instanceof z.ZodNumber) return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
  if (leaf instanceof z.ZodBoolean) return text === 'true' ? true : text === 'false' ? false : text;
  if (leaf instanceof z.ZodArray && !/^\s*\[/.test(text)) return text === '' ? [] : text.split(',').map((part) => part.trim());
  if (leaf instanceof z.ZodUnion) return firstFitting(leaf.options as z.ZodType[], text);
  if (leaf instanceof z.ZodArray || leaf instanceof z.ZodRecord) return jsonOrText(text);
  return text;
}

/** `all` and `portal,egress` for a setting that is either one word or a list. */
function firstFitting(options: z.ZodType[], text: string): unknown {
  const values = options.map((option) => ({ option, value: fromText(bareSchema(option), text) }));
  return (values.find(({ option, value }) => option.safeParse(value).success) ?? { value: text }).value;
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const constantCase = (key: string): string =>
  key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/-/g, '_')
    .toUpperCase();
