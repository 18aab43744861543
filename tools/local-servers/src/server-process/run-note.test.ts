import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isAlive, markOf, type ProcessMark } from './process-mark.ts';
import { claimRunFolder, readRunNote, writeRunNote } from './run-note.ts';

let runDir = '';
let left: ChildProcess;
let mark: ProcessMark;
const gone: ProcessMark = { pid: 2 ** 22 - 1, startTime: '1', bootId: 'another' };

beforeEach(async () => {
  runDir = mkdtempSync(join(tmpdir(), 'xiangjing-note-'));
  left = spawn('sleep', ['60']);
  await new Promise((resolve) => left.once('spawn', resolve));
  const found = markOf(left.pid ?? 0);
  if (!found) throw new Error('a running process has a mark');
  mark = found;
});
afterEach(() => {
  left.kill('SIGKILL');
  rmSync(runDir, { recursive: true });
});

const note = (process: ProcessMark, owner: ProcessMark): void =>
  writeRunNote(runDir, { server: 'Kafka', process, owner, ports: [20_001, 20_002], dataDir: runDir });

it('names a server that a killed run left behind, and leaves it alone', async () => {
  note(mark, gone);
  await expect(claimRunFolder(runDir)).rejects.toMatchObject({
    code: 'SERVER_STALE',
    message: `Kafka (process ${left.pid}, ports 20001, 20002) runs in ${runDir}, left behind by a run that was killed`,
  });
  expect(isAlive(mark)).toBe(true);
});

it('ends it on request', async () => {
  note(mark, gone);
  await claimRunFolder(runDir, { endStale: true });
  expect(isAlive(mark)).toBe(false);
  expect(readRunNote(runDir)).toBeUndefined();
});

it('never ends one whose starter lives, asked or not', async () => {
  const self = markOf(process.pid);
  if (!self) throw new Error('this process has a mark');
  note(mark, self);
  await expect(claimRunFolder(runDir, { endStale: true })).rejects.toMatchObject({ code: 'DATA_FOLDER_TAKEN' });
  expect(isAlive(mark)).toBe(true);
});

it.each([{ startTime: '1' }, { bootId: 'before-the-restart' }])(
  'takes the same number with other marks (%o) for a stranger',
  async (other) => {
    note({ ...mark, ...other }, gone);
    await claimRunFolder(runDir, { endStale: true });
    expect(isAlive(mark)).toBe(true);
    expect(readRunNote(runDir)).toBeUndefined();
  },
);

it('takes a zombie for ended', async () => {
  // The shell becomes the long `sleep`, which never asks after its child: the short one stays a zombie.
  const parent = spawn('sh', ['-c', 'sleep 1 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    const pid = Number(await new Promise<Buffer>((resolve) => parent.stdout.once('data', resolve)));
    await expect.poll(() => markOf(pid), { timeout: 10_000 }).toBeUndefined();
    expect(() => process.kill(pid, 0)).not.toThrow();
  } finally {
    parent.kill('SIGKILL');
  }
});

it('drops a note that is not legible', async () => {
  writeFileSync(join(runDir, 'running.json'), '{"pid": 1');
  await claimRunFolder(runDir);
  expect(readRunNote(runDir)).toBeUndefined();
});
