import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { startEmbedded } from './embedded.ts';
import { withClient } from './pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'xiangjing-embedded-'));
chmodSync(folder, 0o755);
const dataDir = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = (more: Partial<Parameters<typeof startEmbedded>[0]> = {}) => startEmbedded({ dataDir, durable: true, ...more });
const query = (url: string, sql: string) => withClient(url, async (client) => (await client.query<{ n: number }>(sql)).rows);

/** Another process that starts a server on the same folder and is left running; prints the server's port. */
async function startElsewhere() {
  const program = `const { startEmbedded } = await import(${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)});
    const server = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, durable: true });
    console.log(JSON.stringify({ port: server.port, pid: server.pid }));
    process.stdin.on('end', () => process.exit(0)).resume();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout }))
    return { child, ...(JSON.parse(line) as { port: number; pid: number }) };
  throw new Error('the other process started no server');
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a first start makes the cluster; a second finds the data, port and password again', async () => {
  const first = await start();
  await query(first.superUrl('postgres'), 'create table kept as select 7 n');
  await first.stop();
  await first.stop();
  await first.ended;
  const second = await start();
  expect([second.port, second.superUrl('x'), second.dataDir]).toEqual([first.port, first.superUrl('x'), first.dataDir]);
  expect(await query(second.superUrl('postgres'), 'select n from kept')).toEqual([{ n: 7 }]);
  expect(
    await query(
      second.superUrl('postgres'),
      `select count(*) n from pg_settings where (name, setting) in (('fsync', 'on'), ('listen_addresses', '127.0.0.1'), ('TimeZone', 'UTC'))`,
    ),
  ).toEqual([{ n: 3 }]);
  await second.stop();
  expect(readdirSync(folder)).toEqual(['data']);
});

test('the server of a killed parent is stopped, and its data are there', async () => {
  const elsewhere = await startElsewhere();
  await expect(start()).rejects.toMatchObject({ code: 'DATA_FOLDER_TAKEN', message: expect.stringContaining(String(elsewhere.child.pid)) });
  elsewhere.child.kill('SIGKILL');
  await new Promise((resolve) => elsewhere.child.once('exit', resolve));
  expect(isRunning(elsewhere.pid)).toBe(true);

  const notes: string[] = [];
  const server = await start({ log: (line) => notes.push(line) });
  expect(notes.at(-1)).toContain(`process ${elsewhere.pid}`); // as root below a closed folder it first says where the data are
  expect(await query(server.superUrl('postgres'), 'select n from kept')).toEqual([{ n: 7 }]);
  await server.stop();
});

test('a process number that now belongs to another program is no server', async () => {
  writeFileSync(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n`);
  const server = await start();
  expect(await query(server.superUrl('postgres'), 'select n from kept')).toEqual([{ n: 7 }]);
  await server.stop();
});

test('a process that ends without stopping its server takes it along', async () => {
  const elsewhere = await startElsewhere();
  elsewhere.child.stdin.end();
  await new Promise((resolve) => elsewhere.child.once('exit', resolve));
  await expect.poll(() => isRunning(elsewhere.pid), { timeout: 5000 }).toBe(false);
});

test('a taken port is named; without a wish another is found', async () => {
  const squatter = createServer();
  const port = await new Promise<number>((resolve) =>
    squatter.listen(0, '127.0.0.1', () => resolve((squatter.address() as AddressInfo).port)),
  );
  await expect(start({ port })).rejects.toMatchObject({
    code: 'PORT_TAKEN',
    message: expect.stringContaining(String(port)),
    remedy: expect.stringContaining('port'),
  });
  await new Promise((resolve) => squatter.close(resolve));
  const server = await start({ port });
  expect(server.port).toBe(port);
  await server.stop();

  const again = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve) => again.once('listening', resolve));
  const moved = await start();
  expect(moved.port).not.toBe(port);
  await moved.stop();
  await new Promise((resolve) => again.close(resolve));
});

test('a server that cannot start says why', async () => {
  await expect(start({ settings: { shared_buffers: 'plenty' } })).rejects.toMatchObject({
    code: 'DATABASE_START',
    message: expect.stringContaining('shared_buffers'),
  });
});

test('a folder that holds something else is not touched', async () => {
  const other = join(folder, 'other');
  mkdirSync(other);
  writeFileSync(join(other, 'letter.txt'), 'x');
  await expect(start({ dataDir: other })).rejects.toMatchObject({ code: 'DATABASE_START', message: expect.stringContaining(other) });
  expect(readdirSync(other)).toEqual(['letter.txt']);
});

const isRoot = process.getuid?.() === 0;
if (!isRoot)
  console.warn('left out: where root’s server keeps its data below a closed folder. Only root meets that; run npm test as root, too.');
test.runIf(isRoot)('below a folder closed to others, root’s server keeps its data elsewhere and says so', async () => {
  const home = join(folder, 'home');
  const fallbackDir = join(folder, 'var');
  mkdirSync(home, { mode: 0o700 });
  const notes: string[] = [];
  const options = { dataDir: join(home, 'clone/.xiangjing/postgresql'), fallbackDir, log: (line: string) => notes.push(line) };
  const server = await start(options);
  expect(server.dataDir.startsWith(fallbackDir)).toBe(true);
  expect(notes).toEqual([expect.stringMatching(`cannot pass ${home}: .*${server.dataDir}`)]);
  await query(server.superUrl('postgres'), 'create table moved as select 8 n');
  await server.stop();
  const again = await start(options);
  expect(await query(again.superUrl('postgres'), 'select n from moved')).toEqual([{ n: 8 }]);
  await again.stop();
  expect(existsSync(options.dataDir)).toBe(false);
  expect(readFileSync(join(server.dataDir, 'PG_VERSION'), 'utf8').trim()).toBe('18');
});
