import type { MigrationList, SchemaEngine, SchemaFilter } from '@prisma/schema-engine-wasm';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { migrationsDir } from '../migrate.ts';
import { engineAdapter } from './adapter.ts';

/** The part of the generated glue that its own typings leave out. */
interface Glue {
  __wbg_set_wasm(exports: object): void;
  SchemaEngine: typeof SchemaEngine;
}
interface WebAssemblyLoader {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
}

const MODULE = '@prisma/schema-engine-wasm/schema_engine_bg';
export const everything: SchemaFilter = { externalTables: [], externalEnums: [] };

/** Once a process: the glue holds one instance, and a second would pull it from under the first. */
let loading: Promise<typeof SchemaEngine> | undefined;

async function loadEngine(): Promise<typeof SchemaEngine> {
  // Without this hook a panic of the engine hides its text.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (text: string) => process.stderr.write(`${text}\n`) } });
  const glue = (await import(MODULE)) as Glue;
  const folder = dirname(createRequire(import.meta.url).resolve(MODULE));
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyLoader };
  const { instance } = await WebAssembly.instantiate(readFileSync(join(folder, 'schema_engine_bg.wasm')), {
    './schema_engine_bg.js': glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue.SchemaEngine;
}

/** Prisma's own engine as WebAssembly, for one piece of work on this database: a tool of tests and authors, never of a node. */
export async function withEngine<T>(url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const adapter = engineAdapter(url);
  const engine = await (await (loading ??= loadEngine())).new({ datamodels: undefined }, () => {}, adapter.factory);
  try {
    return await work(engine);
  } finally {
    engine.free();
    await adapter.close();
  }
}

export function migrationList(dir: string = migrationsDir): MigrationList {
  const names = readdirSync(dir).filter((name) => existsSync(join(dir, name, 'migration.sql')));
  return {
    baseDir: dir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: names.sort().map((path) => ({
      path,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: readFileSync(join(dir, path, 'migration.sql'), 'utf8') } },
    })),
  };
}
