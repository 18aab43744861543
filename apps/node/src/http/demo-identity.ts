import type { Logger } from '@xiangjing/platform';
import { z } from '@xiangjing/scenario-sdk';
import { findNode } from '@xiangjing/scenario-sdk';
import type { DemoIdentity } from '@xiangjing/local-servers';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NodeConfig } from '../config.ts';
import { audienceOf, issuerOf } from './actor.ts';

const DemoUsers = z.array(
  z.strictObject({
    username: z.string(),
    password: z.string(),
    name: z.string(),
    note: z.string().optional(),
    claims: z.record(z.string(), z.unknown()),
  }),
);

/** The client that scripts ask for a token with a demo user's password; it exists in demo mode only. */
export const SCRIPT_CLIENT = 'xiangjing-scripts';

/** The demo realm on the node's own port. Loaded in demo mode only: production has an identity server of its own. */
export async function demoIdentity(config: NodeConfig, log: Logger): Promise<DemoIdentity | undefined> {
  if (config.node.mode !== 'demo' || config.identity.issuer || !config.identity.demoUsersFile) return undefined;
  const { createDemoIdentity } = await import('@xiangjing/local-servers');
  const { publicUrl } = config.http;
  return createDemoIdentity({
    issuer: issuerOf(config),
    audience: audienceOf(config),
    title: `湘景 · ${findNode(config.node.adcode)!.nameZh}`,
    clients: [
      { clientId: config.identity.clientId, redirectUris: [`${publicUrl}/auth/callback`], postLogoutRedirectUris: [`${publicUrl}/`] },
      { clientId: SCRIPT_CLIENT, redirectUris: [], passwordGrant: true },
    ],
    users: DemoUsers.parse(JSON.parse(await readFile(config.identity.demoUsersFile, 'utf8'))),
    stateDir: join(config.dataDir, 'demo-identity'),
    onServerError: (error) => log.error({ err: error }, 'the demo identity provider failed'),
  });
}
