import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { LocalServerError } from '../server-error.ts';

const HOST = '127.0.0.1';
/**
 * Below the ports that systems give to outgoing connections: a client that keeps dialling a stopped server could otherwise be given
 * the very port it dials, and hold it.
 */
const [FIRST, LAST] = [20_000, 31_999];
const TRIES = 50;

/** Different ports of 127.0.0.1 that nobody listens on at the moment. */
export async function freePorts(count: number): Promise<number[]> {
  const held: Server[] = [];
  try {
    for (let n = 0; held.length < count; n++) {
      const server = await hold(n < TRIES ? randomInt(FIRST, LAST + 1) : 0);
      if (server) held.push(server);
    }
    return held.map((server) => (server.address() as { port: number }).port);
  } finally {
    await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
  }
}

export async function isPortFree(port: number): Promise<boolean> {
  const server = await hold(port);
  if (server) await new Promise((done) => server.close(done));
  return server !== undefined;
}

export async function ensurePortFree(port: number, server: string): Promise<void> {
  if (await isPortFree(port)) return;
  throw new LocalServerError(
    'PORT_TAKEN',
    `port ${port} on ${HOST}, wanted for ${server}, is taken`,
    'stop what listens there, or name another port',
  );
}

function hold(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, HOST, () => resolve(server));
  });
}
