import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createPrivateKey } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TokenBench } from '@xiangjing/platform/testing';
import { createDemoIdentity } from '../identity/create-demo-identity.ts';
import type { DemoClient, DemoUser } from '../identity/demo-user.ts';

export interface TestRealm {
  issuer: string;
  audience: string;
  /** The realm's own signing key. */
  key: TokenBench['key'];
  passwordToken(username: string): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The embedded provider on a server of its own, with a portal client, one for scripts, and what a test adds. */
export async function startTestRealm(options: { clients?: DemoClient[]; users?: DemoUser[]; adcode?: string } = {}): Promise<TestRealm> {
  const { clients = [], users = [], adcode = '430100' } = options;
  const stateDir = mkdtempSync(join(tmpdir(), 'test-realm-'));
  const server = createServer((req, res) => void (identity.handle(req, res) || res.writeHead(404).end())).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = `${base}/realms/xiangjing-${adcode}`;
  const audience = `xiangjing-${adcode}`;
  const identity = await createDemoIdentity({
    issuer,
    audience,
    users,
    stateDir,
    clients: [
      { clientId: 'portal', redirectUris: [`${base}/auth/callback`] },
      { clientId: 'scripts', redirectUris: [], passwordGrant: true },
      ...clients,
    ],
  });
  const { keys } = (await (await fetch(`${issuer}/protocol/openid-connect/certs`)).json()) as { keys: { kid: string }[] };
  return {
    issuer,
    audience,
    key: { privateKey: createPrivateKey(readFileSync(join(stateDir, 'demo-identity-key.pem'))), kid: keys[0]!.kid },
    async passwordToken(username) {
      const { password = '' } = users.find((user) => user.username === username) ?? {};
      const body = new URLSearchParams({ grant_type: 'password', client_id: 'scripts', username, password });
      const answer = await fetch(`${issuer}/protocol/openid-connect/token`, { method: 'POST', body });
      return ((await answer.json()) as { access_token: string }).access_token;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(stateDir, { recursive: true });
    },
  };
}
