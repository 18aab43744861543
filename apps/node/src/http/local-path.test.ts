import { expect, test } from 'vitest';
import { localPath } from './local-path.ts';

test.each([
  ['/workbench/records', '/workbench/records'],
  ['/search?q=a&kind=b#top', '/search?q=a&kind=b#top'],
  ['/records/低空', '/records/%E4%BD%8E%E7%A9%BA'],
])('%j stays on this site', (text, path) => {
  expect(localPath(text, '/home')).toBe(path);
});

test.each([
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\t\\evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  'https://evil.example/',
  'evil.example',
  'javascript:alert(1)',
  '',
  undefined,
  ['/a', '//evil.example'],
])('%j leads nowhere else', (text) => {
  expect(localPath(text, '/home')).toBe('/home');
});
