import { createServer } from 'node:net';
import { DemoError } from './demo-error.ts';
import { nameOf } from './name-of.ts';
import { portOf } from './options.ts';

/** Before anything starts: every node's port must be free. A taken one is named, with what to type. */
export async function ensurePortsFree(nodes: readonly string[], portBase: number): Promise<void> {
  for (const adcode of nodes) {
    const port = portOf(adcode, portBase);
    if (await isFree(port)) continue;
    throw portTaken(`port ${port} is taken, which ${nameOf(adcode)} needs (PORT_TAKEN)`, portBase);
  }
}

export function portTaken(message: string, portBase: number): DemoError {
  const other = portBase + 1000 <= 60_000 ? portBase + 1000 : 4300;
  return new DemoError(message, `if another demo runs here, stop it with Ctrl-C; or use other ports: npm start -- --port-base ${other}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
