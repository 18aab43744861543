import { createServer } from 'node:net';
import { findNode } from '@xiangjing/scenario-sdk';
import { DemoError } from './demo-error.ts';
import { portOf, serverPorts, type DemoOptions } from './options.ts';

/** Before anything starts: every port must be free. A taken one is named, with what to type. */
export async function ensurePortsFree({ nodes, portBase, kafka, keycloak }: DemoOptions): Promise<void> {
  const servers = serverPorts(portBase);
  const wanted = [
    ...nodes.map((adcode) => [portOf(adcode, portBase), findNode(adcode)?.nameZh ?? adcode] as const),
    ...(keycloak ? [[servers.keycloak, 'Keycloak'] as const] : []),
    ...(kafka ? [[servers.kafka, 'Kafka'] as const] : []),
  ];
  for (const [port, whose] of wanted) {
    if (await isFree(port)) continue;
    const other = portBase + 1000 <= 60_000 ? portBase + 1000 : 4300;
    throw new DemoError(
      `port ${port} is taken, which ${whose} needs (PORT_TAKEN)`,
      `if another demo runs here, stop it with Ctrl-C; or use other ports: npm start -- --port-base ${other}`,
    );
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
