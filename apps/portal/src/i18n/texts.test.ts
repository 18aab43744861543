import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTexts } from './index.ts';
import { zhCn } from './zh-cn.ts';

const SRC = join(import.meta.dirname, '..');
const CHINESE = /[\u3400-\u9fff\uff00-\uffef]/;

/** Source that people see through: all but the texts, tests and fixtures. */
function sources(): string[] {
  const files = readdirSync(SRC, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name));
  return files
    .map((entry) => relative(SRC, join(entry.parentPath, entry.name)))
    .filter((file) => !/^(i18n|testing)\/|\.test\.tsx?$/.test(file));
}
const withoutComments = (source: string): string => source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|[^:'"`])\/\/.*$/gm, '$1');

function leaves(node: object, path = ''): [string, string][] {
  return Object.entries(node).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : leaves(value as object, `${path}${key}.`),
  );
}

describe('texts', () => {
  it('stand in the texts alone: no Chinese literal in any other source', () => {
    const faults = sources().flatMap((file) =>
      withoutComments(readFileSync(join(SRC, file), 'utf8'))
        .split('\n')
        .flatMap((line, i) => (CHINESE.test(line) ? [`${file}:${i + 1} ${line.trim()}`] : [])),
    );
    expect(faults.filter((fault) => !/\[,，\\s\]/.test(fault))).toEqual([]); // a separator that people type is no text
    expect(sources().length).toBeGreaterThan(80);
  });

  it('the check itself sees a literal and looks past comments', () => {
    expect(CHINESE.test(withoutComments("const a = '湘景'; // 湘"))).toBe(true);
    expect(CHINESE.test(withoutComments('/* 湘景 */ const a = 1; // 湘'))).toBe(false);
  });

  it('are all filled in, with placeholders that close', () => {
    const all = leaves(zhCn);
    expect(all.length).toBeGreaterThan(300);
    for (const [key, text] of all) {
      expect(text, key).not.toBe('');
      expect(text.replaceAll(/\{\{\w+\}\}/g, ''), key).not.toMatch(/[{}]/);
    }
  });

  it('count without an ending of their own, and leave markup alone', () => {
    const { t } = createTexts();
    expect(t('time.ago.hours', { count: 3 })).toBe('3 小时前');
    expect(t('list.searchFor', { q: '<b>&' })).toBe('搜索：<b>&');
  });
});
