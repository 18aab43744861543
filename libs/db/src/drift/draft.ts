import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { everything, migrationList, withEngine } from './engine.ts';

const schemaDir = join(import.meta.dirname, '../../prisma/schema');
export const NO_DRIFT = '-- This is an empty migration.';

export const schemaFiles = (): { path: string; content: string }[] =>
  readdirSync(schemaDir).map((name) => ({ path: join(schemaDir, name), content: readFileSync(join(schemaDir, name), 'utf8') }));

/**
 * The SQL that would bring the migrations to the schema files: `NO_DRIFT`, or the draft of the next file. It sees tables, columns
 * and plain indexes; not partial indexes, checks, triggers, functions and rights, which schema.int.test.ts asserts.
 * `url` is a superuser's, on whose server a shadow database is made and dropped.
 */
export async function draft(url: string, files = schemaFiles()): Promise<string> {
  const { stdout } = await withEngine(url, (engine) =>
    engine.diff({
      script: true,
      exitCode: null,
      filters: everything,
      from: { tag: 'migrations', ...migrationList() },
      to: { tag: 'schemaDatamodel', files },
    }),
  );
  return (stdout ?? '').trim();
}

if (import.meta.main) process.stdout.write(`${await draft(process.argv[2] ?? '')}\n`);
