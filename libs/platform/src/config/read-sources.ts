import { readFileSync } from 'node:fs';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { z } from 'zod';
import type { ConfigFault } from './config-error.ts';
import { knownSettings, type Setting } from './known-settings.ts';
import { nearest } from './nearest.ts';

export interface ConfigSource {
  /** Path of a YAML file, or its text. Neither: environment only. */
  file?: string;
  text?: string;
  env: Record<string, string | undefined>;
  /** `XIANGJING_` */
  prefix: string;
  /** Variables with the prefix that somebody else reads, such as XIANGJING_BROWSER. */
  otherKnown?: readonly string[];
}

/** File and environment laid over each other (the environment wins), before the schema has judged the values. */
export interface ReadSources {
  data: Record<string, unknown>;
  settings: Setting[];
  faults: ConfigFault[];
  /** False if the file gave nothing to judge: its own fault is then the only one worth telling. */
  isReadable: boolean;
  originOf(setting: Setting): 'environment' | 'file' | undefined;
  /** Where a reader finds the value: `node.yaml:12 database.appUrl`, a variable, or the bare path if it stands nowhere. */
  placeOf(path: readonly PropertyKey[]): string;
}

export function readSources(schema: z.ZodObject, source: ConfigSource): ReadSources {
  const settings = knownSettings(schema, source.prefix);
  const file = readFile(source);
  const fromEnv = settings.filter((setting) => source.env[setting.variable] !== undefined);
  const data = structuredClone(file.data);
  for (const setting of fromEnv) putAt(data, setting.path, setting.fromText(source.env[setting.variable] as string));

  const variableOf = (path: readonly PropertyKey[]) => fromEnv.find((s) => s.path.every((key, i) => key === path[i]))?.variable;
  return {
    data,
    settings,
    faults: [...file.faults, ...unknownVariables(source, settings)],
    isReadable: file.faults.length === 0,
    originOf: (setting) =>
      fromEnv.includes(setting) ? 'environment' : valueAt(file.data, setting.path) === undefined ? undefined : 'file',
    placeOf: (path) => variableOf(path) ?? file.placeOf(path),
  };
}

function unknownVariables({ env, prefix, otherKnown = [] }: ConfigSource, settings: Setting[]): ConfigFault[] {
  const known = [...settings.map((setting) => setting.variable), ...otherKnown];
  return Object.keys(env)
    .filter((name) => name.startsWith(prefix) && env[name] !== undefined && !known.includes(name))
    .map((name) => {
      const near = nearest(name, known);
      return {
        place: name,
        message: '没有这个环境变量。',
        remedy: near ? `是否想写 ${near}？` : '删去它；变量名由配置项的路径得来，如 database.appUrl 对应 DATABASE_APP_URL。',
      };
    });
}

function readFile(source: ConfigSource): {
  data: Record<string, unknown>;
  faults: ConfigFault[];
  placeOf(path: readonly PropertyKey[]): string;
} {
  const name = source.file ?? '配置';
  const nowhere = (path: readonly PropertyKey[]) => path.map(String).join('.');
  const broken = (place: string, message: string, remedy: string) => ({ data: {}, faults: [{ place, message, remedy }], placeOf: nowhere });

  const text = source.text ?? textOf(source.file);
  if (text === undefined) return broken(name, '读不到这个文件。', '检查路径和读取权限。');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    const faults = document.errors.map((error) => ({
      place: `${name}:${lines.linePos(error.pos[0]).line}`,
      message: `不是合法的 YAML（${error.code}）。`,
      remedy: '检查这一行的缩进、冒号和引号，以及键是否重复。',
    }));
    return { data: {}, faults, placeOf: nowhere };
  }
  const data: unknown = document.toJS() ?? {};
  if (!isTree(data)) return broken(`${name}:1`, '最外层必须是键和值。', '写成 node: … 这样的键值。');
  const placeOf = (path: readonly PropertyKey[]) => {
    const offset = offsetOf(document, path);
    return offset === undefined ? nowhere(path) : `${name}:${lines.linePos(offset).line} ${nowhere(path)}`;
  };
  return { data, faults: [], placeOf };
}

function textOf(file: string | undefined): string | undefined {
  if (file === undefined) return '';
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** Where the last key of `path` stands in the text. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
      if (!pair) return undefined;
      offset = (pair.key as Node).range?.[0];
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      if (node === undefined) return undefined;
      offset = (node as Node).range?.[0] ?? offset;
    } else return undefined;
  }
  return offset;
}

export const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    data,
  );
}

function putAt(data: Record<string, unknown>, path: string[], value: unknown): void {
  let at = data;
  for (const key of path.slice(0, -1)) {
    if (!isTree(at[key])) at[key] = {};
    at = at[key] as Record<string, unknown>;
  }
  at[path.at(-1) as string] = value;
}
