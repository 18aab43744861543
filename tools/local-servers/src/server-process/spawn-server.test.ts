import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, it } from 'vitest';
import { isAlive, markOf } from './process-mark.ts';
import { readRunNote, type RunNote } from './run-note.ts';
import { spawnServer, type ServerCommand } from './spawn-server.ts';

const runDir = mkdtempSync(join(tmpdir(), 'xiangjing-spawn-'));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(join(runDir, 'running.json'), { force: true });
});

afterAll(() => rmSync(runDir, { recursive: true }));

/** A stand-in for a server: says a line, and ends at SIGTERM only if it is told to. */
const standIn = (more: Partial<ServerCommand> = {}, onTerm = 'process.exit(0)'): ServerCommand => ({
  server: 'Stand-in',
  command: process.execPath,
  args: ['-e', `process.on('SIGTERM', () => { ${onTerm} }); console.log('it is up'); setInterval(() => {}, 1000)`],
  runDir,
  dataDir: join(runDir, 'data'),
  ports: [1],
  logFile: join(runDir, 'server.log'),
  ...more,
});

async function until<T>(look: () => T | undefined | false, ms = 8000): Promise<T> {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(20)) {
    const found = look();
    if (found) return found;
  }
  throw new Error(`not in ${ms} ms: ${String(look)}`);
}
const noteOf = (): RunNote | undefined => readRunNote(runDir);

/** Another process that starts the stand-in, and can be killed. */
function parentOf(tie: ServerCommand['tie']): ChildProcess {
  const program = `
    const { spawnServer } = await import(${JSON.stringify(new URL('./spawn-server.ts', import.meta.url).href)});
    await spawnServer(${JSON.stringify(standIn({ tie }))});`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'ignore', 'inherit'] });
  children.push(parent);
  return parent;
}

it.each(['death-signal', 'guard'] as const)(
  'dies with a parent that is killed, by %s',
  { skip: process.platform !== 'linux' },
  async (tie) => {
    const parent = parentOf(tie);
    const note = await until(noteOf);
    expect(note.owner.pid).toBe(parent.pid);
    await until(() => readFileSync(join(runDir, 'server.log'), 'utf8').includes('it is up'));
    await sleep(300); // the guard needs its time to be there
    expect(isAlive(note.process)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !isAlive(note.process));
  },
);

it('has the server’s own number, notes it while it runs, and drops the note when it ends', async () => {
  const server = await spawnServer(standIn());
  const note = await until(noteOf);
  expect(note).toMatchObject({ server: 'Stand-in', process: { pid: server.pid }, owner: { pid: process.pid }, ports: [1] });
  await until(() => server.tail().includes('it is up'));
  expect(markOf(server.pid)).toEqual(note.process);
  await server.stop();
  expect(await server.ended).toEqual({ code: 0, signal: null });
  expect(readRunNote(runDir)).toBeUndefined();
  expect(server.isRunning()).toBe(false);
  await server.kill(); // again: nothing to do
});

it('kills one that does not end when asked, after the deadline', async () => {
  const server = await spawnServer(standIn({}, ''));
  await until(() => server.tail().includes('it is up'));
  await server.stop(100);
  expect((await server.ended).signal).toBe('SIGKILL');
});

it('says so if the program is not there', async () => {
  await expect(spawnServer(standIn({ command: 'no-such-program', tie: 'guard' }))).rejects.toMatchObject({ code: 'SERVER_START' });
});
