import { PortTakenError } from '@xiangjing/platform';
import { createServer } from 'node:http';

/** Answers while a node starts: alive at once, not ready until migrations and modules are through. */
export async function startBootServer(at: { host: string; port: number }, missing: () => string[]): Promise<() => Promise<void>> {
  const server = createServer((req, res) => {
    const alive = req.url === '/healthz';
    res.writeHead(alive ? 200 : 503, { 'content-type': 'application/json', 'retry-after': '1' });
    res.end(JSON.stringify(alive ? { alive: true } : { ready: false, missing: missing() }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTakenError(at.port, at.host) : error),
    );
    server.listen(at.port, at.host, resolve);
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}
