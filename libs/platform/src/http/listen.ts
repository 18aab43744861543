import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';

export class PortTakenError extends Error {
  readonly code = 'PORT_TAKEN';
  readonly port: number;
  readonly remedy: string;
  constructor(port: number, host: string) {
    super(`端口 ${host}:${port} 已被另一个进程占用。`);
    this.name = 'PortTakenError';
    this.port = port;
    this.remedy = `停掉占用它的进程（ss -ltnp 'sport = :${port}' 可查），或换一个端口。`;
  }
}

/** Listens and says where; port 0 takes a free one. */
export async function listen(app: FastifyInstance, at: { host: string; port: number }): Promise<{ url: string; port: number }> {
  try {
    await app.listen(at);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new PortTakenError(at.port, at.host);
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://${at.host.includes(':') ? `[${at.host}]` : at.host}:${port}`, port };
}
