import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const UNIT = join(import.meta.dirname, '../../../infra/node/xiangjing.service');

export interface UnitFlags {
  /** Flags of Node, as in `--max-old-space-size=384`. */
  execArgv: string[];
  /** What the C library is told. */
  env: Record<string, string>;
}

/** How the systemd unit of `infra/node` starts a node, so that what the demo shows and the benchmarks measure is what is installed. */
export function unitFlags(unit: string = readFileSync(UNIT, 'utf8')): UnitFlags {
  const [, flags = ''] = /^ExecStart=\S+((?: --\S+)*) \S+\.mjs start /m.exec(unit) ?? [];
  const settings = [...unit.matchAll(/^Environment=(.+)$/gm)].flatMap(([, line]) => line!.split(' '));
  const pairs = settings.filter((setting) => setting.startsWith('MALLOC_')).map((setting) => setting.split('=') as [string, string]);
  return { execArgv: flags.split(' ').filter((flag) => flag !== ''), env: Object.fromEntries(pairs) };
}
