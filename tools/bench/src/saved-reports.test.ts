import { expect, test } from 'vitest';
import { mergeReports } from './saved-reports.ts';

test('a report takes the place of its older one; the others stay, in the order of their numbers', () => {
  const page = mergeReports('', ['## B5: five\n\nold\n', '## B1: one\n\nkept\n']);
  const merged = mergeReports(page, ['## B14: fourteen\n', '## B5: five\n\nnew\n']);
  expect(merged.match(/^## B\d+/gm)).toEqual(['## B1', '## B5', '## B14']);
  expect(merged).toContain('kept');
  expect(merged).toContain('new');
  expect(merged).not.toContain('old');
  expect(mergeReports(merged, [])).toBe(merged);
});
