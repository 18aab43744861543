import { clientSecretOf, keycloakAdmin } from './keycloak/admin.ts';
import { KEYCLOAK_VERSION } from './keycloak/distribution.ts';
import { realmOf, startKeycloak, type KeycloakServer } from './keycloak.ts';
import { NODE_CODES } from './node-codes.ts';
import { readFlags, readPort, refuseFlag } from './read-flags.ts';
import { runServer } from './run-server.ts';

const HELP = `npm run keycloak -- [options]      a real Keycloak ${KEYCLOAK_VERSION} on 127.0.0.1
  --port <n>       its port (default: that of the last start, or a free one)
  --data <folder>  where it keeps everything (default: .xiangjing/local-keycloak)
  --realms <list>  nodes that get a realm, made from infra/keycloak (default: 430000,430100)
  --end-stale      end a Keycloak that a killed run left behind in the folder`;

const flags = readFlags(
  {
    port: { type: 'string' },
    data: { type: 'string', default: '.xiangjing/local-keycloak' },
    realms: { type: 'string', default: '430000,430100' },
    'end-stale': { type: 'boolean', default: false },
  },
  HELP,
);
const port = readPort(flags.port, HELP);
const nodes = nodesFrom(flags.realms);
// Any port of this machine may be the portal's.
const realms = nodes.map((adcode) => realmOf({ adcode, publicUrl: 'http://127.0.0.1', servicePeers: othersOf(adcode) }));
let secrets: string[] = [];

await runServer('Keycloak', start, tell);

async function start(): Promise<KeycloakServer> {
  const server = await startKeycloak({ runDir: flags.data, port, realms, endStale: flags['end-stale'] });
  secrets = await secretsOf(server);
  return server;
}

function othersOf(adcode: string): string[] {
  return nodes.filter((other) => other !== adcode);
}

function nodesFrom(text: string): string[] {
  const nodes = [...new Set(text.split(','))];
  const unknown = nodes.filter((adcode) => !NODE_CODES.includes(adcode));
  if (unknown.length === 0) return nodes;
  refuseFlag(`--realms: ${unknown.map((word) => `“${word}”`).join(', ')} is no node; known are ${NODE_CODES.join(', ')}`, HELP);
}

async function secretsOf(server: KeycloakServer): Promise<string[]> {
  const admin = keycloakAdmin(server);
  const pairs = nodes.flatMap((of) => [`xiangjing-${of}`, ...othersOf(of).map((from) => `peer-${from}`)].map((client) => [of, client]));
  return Promise.all(
    pairs.map(async ([of = '', client = '']) => {
      const secret = await clientSecretOf(admin, `xiangjing-${of}`, client);
      return `  xiangjing-${of.padEnd(8)}${client.padEnd(18)}${secret}`;
    }),
  );
}

function tell(server: KeycloakServer): string {
  return [
    `Keycloak ${KEYCLOAK_VERSION}：${server.url}（进程 ${server.pid()}）`,
    `管理台：${server.url}/admin，用户 ${server.console.username}，口令 ${server.console.password}`,
    '签发地址（节点配置的 identity.issuer）：',
    ...nodes.map((adcode) => `  ${server.realmUrl(`xiangjing-${adcode}`)}`),
    '客户端密钥（域、客户端、密钥）；门户是公开客户端 xiangjing-portal，不用密钥：',
    ...secrets,
    '没有预设用户：在管理台里新建，并加入与角色同名的组（见 infra/keycloak）',
    'Ctrl-C 停止',
  ].join('\n');
}
