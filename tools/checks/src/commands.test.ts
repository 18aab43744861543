import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FILES, read, ROOT } from './repository.ts';

/** Documents a person follows: every command in them is a script, or a verb with the options it names. */
const documents = FILES.filter(
  (f) => f === 'README.md' || f.startsWith('infra/') || /^(apps|libs|plugins|tools)\/[^/]+\/README\.md$/.test(f),
);
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
const WITHOUT_SCRIPT = new Set(['ci', 'install', 'rebuild']);

/** Code in fences and backticks, a command a line; other files whole. */
function commandLines(file: string): string[] {
  const text = read(file);
  if (!file.endsWith('.md')) return text.split('\n');
  const fenced = [...text.matchAll(/```\w*\n([\s\S]*?)```/g)].flatMap(([, body = '']) => body.replace(/\\\n\s*/g, ' ').split('\n'));
  return [...fenced, ...[...text.matchAll(/`([^`\n]+)`/g)].map(([, body = '']) => body)];
}
const all = documents.flatMap((file) => commandLines(file).map((line) => ({ file, line: line.trim() })));

it('npm commands are scripts', () => {
  const named = all.flatMap(({ file, line }) =>
    [...line.matchAll(/\bnpm (?:(run)\s+)?((?:-s|--silent)\s+)?([a-z][\w:-]*)/g)].map(([, run, , name = '']) => ({
      file,
      run: run !== undefined,
      name,
    })),
  );
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((n) => scripts[n.name] === undefined && (n.run || !WITHOUT_SCRIPT.has(n.name)))).toEqual([]);
});

const helpOf = new Map<string, string>();
function help(words: readonly string[]): string {
  const key = words.join(' ');
  const known = helpOf.get(key);
  if (known !== undefined) return known;
  const run = spawnSync(process.execPath, [join(ROOT, 'apps/node/bin/xiangjing.mjs'), ...words, '--help'], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  helpOf.set(key, run.stdout);
  return run.stdout;
}
const subcommands = (text: string): string[] =>
  [...(text.split('命令：\n')[1] ?? '').matchAll(/^ {2}([a-z][\w-]*)/gm)].map(([, name = '']) => name);

const uses = all.flatMap(({ file, line }) =>
  [
    ...line
      .replace(/-[ugo] xiangjing/g, '')
      .matchAll(/(?:^|\s|bin\/)xiangjing(?:\.mjs)? ((?:[a-z][\w-]* ?)+)((?:\s*(?:--?[\w-]+|<[^>]+>|[\w./@:-]+))*)/g),
  ].map(([, words = '', rest = '']) => ({
    file,
    words: words.trim().split(' '),
    options: [...rest.matchAll(/--[a-z][\w-]*/g)].map(([option]) => option),
  })),
);

describe('verbs of xiangjing are there, with their options', () => {
  it.each(uses.map((u) => [`${u.file}: ${u.words.join(' ')} ${u.options.join(' ')}`, u] as const))('%s', (_, { words, options }) => {
    const path: string[] = [];
    for (const word of words) {
      const known = subcommands(help(path));
      if (known.length === 0) break;
      expect(known).toContain(word);
      path.push(word);
    }
    for (const option of options) expect(help(path)).toContain(option);
  });
});

it('every verb and every option of xiangjing is explained in Chinese', () => {
  const walk = (path: readonly string[]): string[] => {
    const text = help(path);
    const lines = text.split('\n').filter((line) => /^ {2}\S/.test(line));
    const below = subcommands(text).filter((name) => name !== 'help');
    return [...lines.map((line) => `${path.join(' ')} ${line.trim()}`), ...below.flatMap((name) => walk([...path, name]))];
  };
  const all = walk([]);
  expect(all.length).toBeGreaterThan(50);
  expect(all.filter((line) => !/\p{Script=Han}/u.test(line))).toEqual([]);
}, 60_000);
