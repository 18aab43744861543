import { LocalServerError } from './server-error.ts';
import type { ServerEnd } from './server-process/spawn-server.ts';

export interface RunningServer {
  ended(): Promise<ServerEnd>;
  stop(): Promise<void>;
}

/**
 * A server as the one purpose of this process: starts it, or says what the machine lacks, tells what a person needs to use it, and
 * stops it at Ctrl-C. If it ends by itself, so does the process, with 1.
 */
export async function runServer<S extends RunningServer>(
  name: string,
  start: () => Promise<S>,
  tell: (server: S) => string,
): Promise<void> {
  try {
    const asked = new Promise<'asked'>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('asked'));
    });
    console.error(`starting ${name}; the first time Maven fetches it`);
    const server = await start();
    console.log(tell(server));
    // A stop that was asked for while it started is served now.
    const end = await Promise.race([asked, server.ended()]);
    if (end !== 'asked')
      throw new LocalServerError('SERVER_START', `${name} ended by itself (${end.signal ?? end.code})`, 'look at its log');
    console.error(`stopping ${name}`);
    await server.stop();
  } catch (error) {
    if (!(error instanceof LocalServerError)) throw error;
    console.error(`${error.code}: ${error.message}\n→ ${error.remedy}`);
    process.exitCode = 1;
  }
}
