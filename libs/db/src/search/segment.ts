import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Jieba } from '@node-rs/jieba';

const DICTIONARY = fileURLToPath(import.meta.resolve('@node-rs/jieba/dict.txt'));

/** The dictionary costs some 40 MB and 80 ms a process, so that it is read on the first text and never before. */
let loading: Promise<Jieba> | undefined;

async function load(): Promise<Jieba> {
  const { Jieba } = await import('@node-rs/jieba');
  const jieba = Jieba.withDict(await readFile(DICTIONARY)); // the package's own `dict` would keep these 5 MB for ever
  jieba.loadDict(await readFile(join(import.meta.dirname, 'words.txt')));
  return jieba;
}
/** One reading for all who ask at once; one that failed is tried again by the next. */
const dictionary = (): Promise<Jieba> =>
  (loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  }));

/** Letters and digits of any script; the rest separates words. */
const isWord = (token: string): boolean => /[\p{L}\p{N}]/u.test(token);
const normal = (text: string): string => text.normalize('NFKC').toLowerCase();

/** The words of a text as they are indexed: whole words, and the shorter ones inside a long one. */
export async function segment(text: string): Promise<string[]> {
  if (text.trim() === '') return [];
  return (await dictionary()).cutForSearch(normal(text), true).filter(isWord);
}

const names = new Map<string, string[]>();
const MOST_NAMES = 2_000;

/** {@link segment} for names of organisations: the same few come with record after record. */
export async function segmentName(name: string): Promise<string[]> {
  const known = names.get(name);
  if (known) return known;
  const words = await segment(name);
  if (names.size >= MOST_NAMES) names.clear();
  names.set(name, words);
  return words;
}

/** The words of a query: whole ones only. */
export async function queryWords(text: string): Promise<string[]> {
  if (text.trim() === '') return [];
  return (await dictionary()).cut(normal(text), true).filter(isWord);
}
