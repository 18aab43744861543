import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isPortFree } from './server-process/free-ports.ts';
import { isAlive, type ProcessMark } from './server-process/process-mark.ts';
import { readRunNote } from './server-process/run-note.ts';

/** The command as a person runs it. */
const runDir = mkdtempSync(join(tmpdir(), 'xiangjing-run-kafka-'));
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(runDir, { recursive: true, force: true, maxRetries: 5 });
});

function runKafka(args: string[], env: NodeJS.ProcessEnv = process.env) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run-kafka.ts'), '--data', runDir, ...args], { env, stdio: 'pipe' });
  running.add(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => (running.delete(child), resolve(code))));
  return { child, said, ended };
}
async function brokerOf(run: ReturnType<typeof runKafka>): Promise<{ mark: ProcessMark; ports: number[] }> {
  await expect.poll(() => run.said.out, { timeout: 60_000, interval: 50 }).toContain('Ctrl-C');
  const note = readRunNote(runDir);
  if (!note) throw new Error('a running broker is noted in its folder');
  return { mark: note.process, ports: note.ports };
}

test('prints brokers, users and passwords, and stops cleanly at Ctrl-C', async () => {
  const run = runKafka(['--secure']);
  const { mark, ports } = await brokerOf(run);
  expect(run.said.out).toContain(`127.0.0.1:${ports[0]}`);
  expect(run.said.out).toMatch(/xiangjing-430000 +[\w-]{32}/);
  expect(run.said.out).toMatch(/admin +[\w-]{32}/);
  expect(run.said.err).not.toContain('Warning');
  run.child.kill('SIGINT');
  expect(await run.ended).toBe(0);
  expect(isAlive(mark)).toBe(false);
  expect(readRunNote(runDir)).toBeUndefined();
});

test('its broker dies with it, and the next start has the same users', async () => {
  const run = runKafka(['--secure']);
  const { mark, ports } = await brokerOf(run);
  run.child.kill('SIGKILL');
  await expect.poll(() => isAlive(mark), { timeout: 5000 }).toBe(false);
  for (const port of ports) expect(await isPortFree(port)).toBe(true);

  const again = runKafka(['--secure']);
  await brokerOf(again);
  expect(again.said.out.split('\n').slice(1)).toEqual(run.said.out.split('\n').slice(1));
  again.child.kill('SIGTERM');
  expect(await again.ended).toBe(0);
});

test('ends with 1 if the broker ends by itself', async () => {
  const run = runKafka(['--secure']);
  process.kill((await brokerOf(run)).mark.pid, 'SIGKILL');
  expect(await run.ended).toBe(1);
  expect(run.said.err).toContain('SERVER_START: Kafka ended by itself (SIGKILL)');
});
