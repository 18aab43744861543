import { createKeycloakServices, createLogger, createTokenVerifier } from '@xiangjing/platform';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NodeConfig } from '../config.ts';
import { actorOf, nodeVerifier } from './actor.ts';
import { demoIdentity } from './demo-identity.ts';

test('a service named among the demo’s users gets tokens, by which the node knows whose it is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'demo-identity-'));
  let answer: RequestListener = (_req, res) => res.end();
  const server = createServer((req, res) => answer(req, res)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const database = 'postgresql://a:b@127.0.0.1:1/x';
  const service = { clientId: 'peer-430000', clientSecret: 'secret-of-this-demo' };
  const person = { username: 'owner', password: 'x', name: '陈示例', claims: {} };
  await writeFile(join(folder, 'users.json'), JSON.stringify([person, { ...service, grants: ['peer@430000'] }]));
  const config = NodeConfig.parse({
    node: { adcode: '430100', mode: 'demo' },
    http: { port, publicUrl: `http://127.0.0.1:${port}` },
    database: { ownerUrl: database, appUrl: database, egressUrl: database, publisherUrl: database, applyUrl: database },
    identity: { demoUsersFile: join(folder, 'users.json') },
    dataDir: folder,
  });
  const identity = await demoIdentity(config, createLogger({ level: 'silent' }));
  answer = (req, res) => void identity!.handle(req, res);
  const issuer = `http://127.0.0.1:${port}/realms/xiangjing-430100`;

  const token = await createKeycloakServices({ issuer, ...service }).token();
  const verified = { verifier: nodeVerifier(config, { now: () => new Date() }), home: '430100' };
  expect(await actorOf(`Bearer ${token}`, verified)).toEqual({ actor: { type: 'node', adcode: '430000' }, token });
  const elsewhere = createTokenVerifier({ issuer, audience: 'xiangjing-430200' });
  await expect(elsewhere.verify(token)).rejects.toMatchObject({ code: 'AUDIENCE' });

  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});
