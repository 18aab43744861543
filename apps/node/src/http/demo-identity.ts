import type { Logger } from '@xiangjing/platform';
import { z } from '@xiangjing/scenario-sdk';
import { findNode } from '@xiangjing/scenario-sdk';
import type { DemoIdentity } from '@xiangjing/local-servers';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NodeConfig } from '../config.ts';
import { audienceOf, issuerOf } from './actor.ts';

const DemoUser = z.strictObject({
  username: z.string(),
  password: z.string(),
  name: z.string(),
  note: z.string().optional(),
  claims: z.record(z.string(), z.unknown()),
});
/** The service account of another node here, as `identity.services` of that node names it. */
const DemoService = z.strictObject({ clientId: z.string(), clientSecret: z.string(), grants: z.array(z.string()) });
/** What stands in `identity.demoUsersFile`: people and services in any order. */
const DemoAccounts = z.array(z.union([DemoUser, DemoService]));

/** The client that scripts ask for a token with a demo user's password; it exists in demo mode only. */
export const SCRIPT_CLIENT = 'xiangjing-scripts';

/** The demo realm on the node's own port. Loaded in demo mode only: production has an identity server of its own. */
export async function demoIdentity(config: NodeConfig, log: Logger): Promise<DemoIdentity | undefined> {
  if (config.node.mode !== 'demo' || config.identity.issuer || !config.identity.demoUsersFile) return undefined;
  const { createDemoIdentity } = await import('@xiangjing/local-servers');
  const { publicUrl } = config.http;
  const accounts = DemoAccounts.parse(JSON.parse(await readFile(config.identity.demoUsersFile, 'utf8')));
  const services = accounts.flatMap((account) => ('clientId' in account ? [account] : []));
  return createDemoIdentity({
    issuer: issuerOf(config),
    audience: audienceOf(config),
    title: `湘景 · ${findNode(config.node.adcode)!.nameZh}`,
    clients: [
      { clientId: config.identity.clientId, redirectUris: [`${publicUrl}/auth/callback`], postLogoutRedirectUris: [`${publicUrl}/`] },
      { clientId: SCRIPT_CLIENT, redirectUris: [], passwordGrant: true },
      ...services.map(({ grants, ...client }) => ({ ...client, redirectUris: [], serviceGrants: grants })),
    ],
    users: accounts.flatMap((account) => ('username' in account ? [account] : [])),
    stateDir: join(config.dataDir, 'demo-identity'),
    onServerError: (error) => log.error({ err: error }, 'the demo identity provider failed'),
  });
}
