import { createServer, type AddressInfo } from 'node:net';
import { DatabaseError } from '../errors.ts';

const HOST = '127.0.0.1';

/** Opens and closes the port (0: any free one); undefined if it is taken. */
function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, HOST, () => {
      const found = (server.address() as AddressInfo).port;
      server.close(() => resolve(found));
    });
  });
}

export async function freePort(): Promise<number> {
  const port = await tryPort(0);
  if (port === undefined) throw portTaken(0);
  return port;
}

/** The port asked for, or the one of the last start if it is still free, or any. */
export async function choosePort(asked: number | undefined, last: number | undefined): Promise<number> {
  if (asked === undefined) return (last ? await tryPort(last) : undefined) ?? freePort();
  if ((await tryPort(asked)) === undefined) throw portTaken(asked);
  return asked;
}

export const portTaken = (port: number): DatabaseError =>
  new DatabaseError(
    'PORT_TAKEN',
    `port ${port} on ${HOST}, wanted for PostgreSQL, is taken`,
    'stop what listens there, or name another port',
  );
