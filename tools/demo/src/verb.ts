import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { DemoError } from './demo-error.ts';
import { cleanEnvironment } from './node-process.ts';

const PROGRAM = join(import.meta.dirname, '../../../apps/node/bin/xiangjing.mjs');

/** Runs a verb of `xiangjing` to its end and gives what it printed. */
export function runVerb(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [PROGRAM, ...args], { env: cleanEnvironment(), timeout: 60_000 }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const said = stderr.trim() || error.message;
      reject(new DemoError(`xiangjing ${args.slice(0, 2).join(' ')} failed:\n${said}`, 'mend what it says, then npm start again'));
    });
  });
}
