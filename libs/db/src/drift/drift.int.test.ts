import { expect, test } from 'vitest';
import { testServer } from '../testing/index.ts';
import { draft, NO_DRIFT, schemaFiles } from './draft.ts';

const url = testServer().superUrl('postgres');

test('the migrations end where the schema files are', async () => {
  expect(await draft(url)).toBe(NO_DRIFT);
});

test('a field that no migration makes is seen, and its draft written', async () => {
  const files = schemaFiles().map(({ path, content }) => ({
    path,
    content: content.replace('model Session {', 'model Session {\n  note String?'),
  }));
  expect(await draft(url, files)).toContain('ALTER TABLE "session" ADD COLUMN     "note" TEXT');
});
