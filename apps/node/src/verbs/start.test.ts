import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';

const BIN = join(import.meta.dirname, '../../bin/xiangjing.mjs');

test('a reload while the node still waits for its database does not end it', { timeout: 120_000 }, async () => {
  const database = createServer().listen(0, '127.0.0.1'); // takes connections and never answers
  await once(database, 'listening');
  const folder = await mkdtemp(join(tmpdir(), 'xiangjing-start-'));
  const at = `127.0.0.1:${(database.address() as AddressInfo).port}/x`;
  const urls = ['owner', 'app', 'egress', 'publisher', 'apply'].map((login) => [
    `${login}Url`,
    `postgresql://${login}:a-long-password-1@${at}`,
  ]);
  const config = {
    node: { adcode: '430100' },
    http: { port: 0, publicUrl: 'https://node.example' },
    database: Object.fromEntries(urls) as object,
    identity: { issuer: 'https://identity.example/realms/x', clientSecret: 'a-long-secret-of-this-client' },
    dataDir: folder,
    federation: { provinceUrl: 'https://province.example' },
  };
  await writeFile(join(folder, 'node.yaml'), JSON.stringify(config));
  const node = spawn(process.execPath, [BIN, 'start', '--config', join(folder, 'node.yaml')], { stdio: ['ignore', 'pipe', 'pipe'] });
  const printed: string[] = [];
  for (const stream of [node.stdout, node.stderr]) stream.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  try {
    const ended = once(node, 'exit').then(([code, signal]: unknown[]) => ({ code, signal, printed }));
    expect(await Promise.race([once(database, 'connection').then(() => 'waits'), ended])).toBe('waits');
    node.kill('SIGHUP');
    expect(await Promise.race([setTimeout(500, 'runs on'), ended])).toBe('runs on');
  } finally {
    node.kill('SIGKILL');
    database.close();
    await rm(folder, { recursive: true });
  }
});
