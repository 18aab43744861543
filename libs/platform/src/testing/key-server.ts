import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type KeyFault = 'hang' | 'half' | 'html' | 'no-keys' | '500' | 'reset';
export interface KeyServer {
  url: string;
  fetches: number;
  fault: KeyFault | undefined;
  /** A key id that is no longer published. */
  withdrawn: string | undefined;
  [Symbol.asyncDispose](): Promise<void>;
}

const FAULTS: Record<KeyFault, (res: ServerResponse) => void> = {
  hang: () => undefined,
  half: (res) => void res.write('{"keys":'),
  html: (res) => void res.setHeader('content-type', 'text/html').end('<h1>502</h1>'),
  'no-keys': (res) => void res.end('{"keys":"none"}'),
  '500': (res) => void res.writeHead(500).end(),
  reset: (res) => void res.destroy(),
};

/** Serves the keys that `issuer` publishes at the moment of the start. */
export async function startKeyServer(issuer: string): Promise<KeyServer> {
  const discovery = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as { jwks_uri: string };
  const { keys } = (await (await fetch(discovery.jwks_uri)).json()) as { keys: { kid: string }[] };
  const server = createServer((_req, res) => {
    state.fetches++;
    if (state.fault) FAULTS[state.fault](res);
    else res.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: keys.filter(({ kid }) => kid !== state.withdrawn) }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const state: KeyServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/certs`,
    fetches: 0,
    fault: undefined,
    withdrawn: undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return state;
}
