import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const PROGRAM = join(import.meta.dirname, '../../bin/xiangjing-demo.mjs');
const UP_MS = 240_000;

export interface DemoRun {
  child: ChildProcess;
  said: { out: string; err: string };
  ended: Promise<number | null>;
}

/** The demo as a person runs it: the real program, in a folder and on ports of this test file. */
export function demoRunner() {
  const folder = mkdtempSync(join(tmpdir(), 'xiangjing-demo-'));
  const portBase = 20_000 + (process.pid % 300) * 40;
  const running = new Set<ChildProcess>();
  afterAll(() => {
    for (const child of running) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  function demo(...args: string[]): DemoRun {
    const child = spawn(process.execPath, [PROGRAM, '--data', folder, '--port-base', String(portBase), ...args], { stdio: 'pipe' });
    running.add(child);
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
    const ended = new Promise<number | null>((resolve) =>
      child.once('close', (code) => {
        running.delete(child);
        resolve(code);
      }),
    );
    return { child, said, ended };
  }

  async function untilUp(run: DemoRun): Promise<void> {
    for (const end = Date.now() + UP_MS; !run.said.err.includes('Ctrl-C stops everything'); await new Promise((r) => setTimeout(r, 100)))
      if (Date.now() > end || run.child.exitCode !== null) throw new Error(`it is not up: ${run.said.err}`);
  }

  return { demo, untilUp, folder, portBase };
}
