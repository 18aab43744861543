import { createDemoIdentity, type DemoIdentity } from '@xiangjing/local-servers';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PASSWORD, sampleUscc, usersOf } from './users.ts';

export type Fault = 'hang' | 'html' | 'reset' | 'absent';

/** An identity server outside the node that fails in every way on demand. */
export interface FaultyIssuer {
  url: string;
  fault: Fault | undefined;
  /** Every renewal of a session is refused, as after a revocation; or the client is, as with a wrong secret. */
  refuses: boolean | 'client';
  /** Last parts of the addresses asked for. */
  asked: string[];
  /** Only once the node's own address is known can its client be registered. */
  register(nodeUrl: string): Promise<void>;
  token(user: string): Promise<string>;
  stop(): Promise<void>;
}

const ANSWERS: Record<Fault, (res: ServerResponse) => void> = {
  hang: () => undefined,
  html: (res) => void res.setHeader('content-type', 'text/html').end('<h1>502 Bad Gateway</h1>'),
  absent: (res) => void res.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"Realm does not exist"}'),
  reset: (res) => void res.destroy(),
};

export async function startFaultyIssuer(
  adcode: string,
  service: { clientId: string; clientSecret: string; grants: string[] },
): Promise<FaultyIssuer> {
  const stateDir = await mkdtemp(join(tmpdir(), 'xiangjing-issuer-'));
  let identity: DemoIdentity | undefined;
  const server = createServer((req, res) => void answer(req, res)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realms/xiangjing-${adcode}`;

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = req.url!.split('?')[0]!;
    issuer.asked.push(path.split('/').pop()!);
    if (issuer.fault) ANSWERS[issuer.fault](res);
    else if (issuer.refuses && path.endsWith('/token')) refuse(res, issuer.refuses);
    else if (!identity?.handle(req, res)) res.writeHead(404).end();
  }
  const issuer: FaultyIssuer = {
    url,
    fault: undefined,
    refuses: false,
    asked: [],
    async register(nodeUrl) {
      identity = await createDemoIdentity({
        issuer: url,
        audience: `xiangjing-${adcode}`,
        clients: [
          { clientId: 'xiangjing-portal', redirectUris: [`${nodeUrl}/auth/callback`], postLogoutRedirectUris: [`${nodeUrl}/`] },
          { clientId: 'scripts', redirectUris: [], passwordGrant: true },
          { clientId: service.clientId, clientSecret: service.clientSecret, redirectUris: [], serviceGrants: service.grants },
        ],
        users: usersOf(adcode, { agency: sampleUscc('11', adcode), enterprise: sampleUscc('91', adcode) }),
        stateDir,
      });
    },
    async token(user) {
      const body = new URLSearchParams({ grant_type: 'password', client_id: 'scripts', username: user, password: PASSWORD });
      const reply = await fetch(`${url}/protocol/openid-connect/token`, { method: 'POST', body });
      return ((await reply.json()) as { access_token: string }).access_token;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(stateDir, { recursive: true, force: true });
    },
  };
  return issuer;
}

function refuse(res: ServerResponse, what: true | 'client'): void {
  const [status, error] = what === 'client' ? [401, 'invalid_client'] : [400, 'invalid_grant'];
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error, error_description: 'Session not active' }));
}
