import { z } from 'zod';
import { ConfigError, type ConfigFault } from './config-error.ts';
import { bareSchema } from './known-settings.ts';
import { nearest } from './nearest.ts';
import { isTree, readSources, valueAt, type ConfigSource, type ReadSources } from './read-sources.ts';
import { valueMessage, valueRemedy } from './value-fault.ts';

/**
 * Reads a YAML file and the environment against one schema. Strict: a key or variable that the schema does not have is a fault, with
 * the nearest name. All faults are thrown together, as one ConfigError.
 */
export function loadConfig<S extends z.ZodObject>(schema: S, source: ConfigSource): z.infer<S> {
  const read = readSources(schema, source);
  const unknown = unknownKeys(schema, read.data, []).map((path) => unknownKeyFault(schema, path, read));
  const parsed = schema.safeParse(read.data, { error: valueMessage });
  const wrong = parsed.success
    ? []
    : parsed.error.issues.filter((issue) => issue.code !== 'unrecognized_keys').map((issue) => valueFault(issue, read));
  const faults = read.isReadable ? [...read.faults, ...unknown, ...wrong] : read.faults;
  if (faults.length > 0 || !parsed.success) throw new ConfigError(faults);
  return parsed.data;
}

type Path = (string | number)[];

/** Paths of the data that the schema has no place for, through lists and tables too. */
function unknownKeys(schema: z.ZodType, value: unknown, path: Path): Path[] {
  const bare = bareSchema(schema);
  if (bare instanceof z.ZodObject && isTree(value)) {
    return Object.entries(value).flatMap(([key, inner]) => {
      const known = Object.hasOwn(bare.shape, key) ? (bare.shape[key] as z.ZodType) : undefined;
      return known ? unknownKeys(known, inner, [...path, key]) : [[...path, key]];
    });
  }
  if (bare instanceof z.ZodArray && Array.isArray(value)) {
    return value.flatMap((item, i) => unknownKeys(bare.element as z.ZodType, item, [...path, i]));
  }
  if (bare instanceof z.ZodRecord && isTree(value)) {
    const names = namesIn(bare);
    return Object.entries(value).flatMap(([key, inner]) =>
      names.length > 0 && !names.includes(key) ? [[...path, key]] : unknownKeys(bare.valueType as z.ZodType, inner, [...path, key]),
    );
  }
  return [];
}

/** The only keys that a table takes; none if it takes any. */
const namesIn = ({ keyType }: z.ZodRecord): string[] => (keyType instanceof z.ZodEnum ? keyType.options.map(String) : []);

function unknownKeyFault(schema: z.ZodObject, path: Path, read: ReadSources): ConfigFault {
  const parent = path.slice(0, -1);
  const siblings = siblingsAt(schema, parent);
  const word = String(path.at(-1));
  const near = nearest(word, siblings);
  // A right name in the wrong section is the other common slip.
  const elsewhere = read.settings.find((setting) => setting.path.at(-1) === word)?.path.join('.');
  const meant = near === undefined ? elsewhere : [...parent, near].join('.');
  const remedy = meant ? `是否想写 ${meant}？` : `删去它；这里可写：${siblings.join('、')}。`;
  return { place: read.placeOf(path), message: '没有这个键。', remedy };
}

function siblingsAt(schema: z.ZodType, path: Path): string[] {
  const bare = bareSchema(schema);
  const [key, ...rest] = path;
  if (bare instanceof z.ZodObject) {
    return key === undefined ? Object.keys(bare.shape) : siblingsAt(bare.shape[key] as z.ZodType, rest);
  }
  if (bare instanceof z.ZodArray) return siblingsAt(bare.element as z.ZodType, rest);
  if (!(bare instanceof z.ZodRecord)) return [];
  return key === undefined ? namesIn(bare) : siblingsAt(bare.valueType as z.ZodType, rest);
}

function valueFault(issue: z.core.$ZodIssue, read: ReadSources): ConfigFault {
  const place = read.placeOf(issue.path);
  const under = read.settings.filter((setting) => issue.path.every((key, i) => key === setting.path[i]));
  const variables = under.map((setting) => setting.variable).join('、');
  if (valueAt(read.data, issue.path) === undefined && issue.path.length > 0) {
    const path = issue.path.join('.');
    return { place, message: '缺少这一项。', remedy: `在文件中写 ${path}${variables ? `，或设环境变量 ${variables}` : ''}。` };
  }
  return { place, message: `${issue.message}。`, remedy: valueRemedy(issue, valueAt(read.data, issue.path)) };
}
