import { isDeepStrictEqual } from 'node:util';
import type { Queryable } from '@xiangjing/db';
import { DomainError, z } from '@xiangjing/scenario-sdk';
import type pg from 'pg';
import type { Clock } from '../clock.ts';
import { digestOf } from '../core/feed.ts';
import { transact } from '../transact.ts';
import { kidOf, type Signer } from './keys.ts';
import { Release } from './node-words.ts';
import { storeRegistry } from './registry-store.ts';
import {
  CITY_VIEWS,
  RegistryDocument,
  registryKeyOf,
  signRegistry,
  type RegistryKey,
  type RegistryNode,
  type SignedRegistry,
} from './registry.ts';
import { signatureFault } from './signature.ts';

/** What a city hands in to take part: its new public key, the invitation's code, and proof that it holds the private half. */
export const JoinRequest = z.strictObject({
  adcode: z.string().regex(/^43\d{4}$/),
  nameZh: z.string().min(1).max(60),
  release: Release,
  publicKey: z.string().regex(/^[\w-]{43}$/),
  code: z.string().min(1).max(100),
  proof: z.string().max(1000),
});
export type JoinRequest = z.infer<typeof JoinRequest>;

export const proofText = (join: Pick<JoinRequest, 'adcode' | 'publicKey' | 'code'>): Buffer =>
  Buffer.from(['xiangjing join 1', join.adcode, join.publicKey, digestOf(join.code)].join('\n'));

const refused = (message: string) =>
  new DomainError('INVITATION_INVALID', message, { remedy: 'ask the province for a new invitation: xiangjing federation invite' });

/**
 * At the province: takes a city into the registry. The code is used up in the transaction that writes the new version; the same
 * city with the same key may repeat the request, for the first answer may have been lost. `pool`: the apply login.
 */
export async function admitNode(pool: pg.Pool, root: Signer, join: JoinRequest, clock: Clock): Promise<SignedRegistry> {
  const now = clock.now();
  const key = registryKeyOf({ kid: kidOf(join.adcode, join.publicKey), publicKey: join.publicKey }, now);
  const fault = await signatureFault(proofText(join), join.proof, [key], now);
  if (fault) throw refused(`the proof of the key ${fault}`);
  return transact(pool, async (client) => {
    const { rows } = await client.query<{ expires_at: Date; used_at: Date | null }>(
      'select expires_at, used_at from invitation where code_digest = $1 and adcode = $2 for update',
      [digestOf(join.code), join.adcode],
    );
    const invitation = rows[0];
    if (!invitation) throw refused('the invitation is unknown, or for another node');
    await client.query(`select pg_advisory_xact_lock(hashtext('xiangjing registry'))`);
    const latest = await readLatest(client);
    const known = latest.document.nodes.find((node) => node.adcode === join.adcode);
    if (invitation.used_at) {
      if (known?.keys.some((k) => k.kid === key.kid)) return latest.signed;
      throw refused('the invitation was used already');
    }
    if (invitation.expires_at <= now) throw refused('the invitation has expired');
    await client.query('update invitation set used_at = $2 where code_digest = $1', [digestOf(join.code), now]);
    const { adcode, nameZh, release } = join;
    const node: RegistryNode = { adcode, nameZh, release, url: null, keys: withKey(known?.keys ?? [], key, now), views: CITY_VIEWS };
    if (isDeepStrictEqual(node, known)) return latest.signed;
    const others = latest.document.nodes.filter((n) => n.adcode !== adcode);
    const nodes = [...others, node].sort((a, b) => a.adcode.localeCompare(b.adcode));
    const document = { version: latest.document.version + 1, issuedAt: now.toISOString(), nodes };
    const signed = signRegistry(document, root);
    await storeRegistry(client, document, signed);
    return signed;
  });
}

/** The key that is in use comes first, and once: as it was listed while it is valid, with a new term after that. */
function withKey(listed: readonly RegistryKey[], key: RegistryKey, now: Date): RegistryKey[] {
  const held = listed.find(({ kid, notAfter }) => kid === key.kid && new Date(notAfter) > now);
  return [held ?? key, ...listed.filter(({ kid }) => kid !== key.kid)];
}

async function readLatest(client: Queryable): Promise<{ document: RegistryDocument; signed: SignedRegistry }> {
  const { rows } = await client.query<{ document: unknown; bytes: Buffer; signature: string }>(
    'select document, bytes, signature from registry order by version desc limit 1',
  );
  const { document, bytes, signature } = rows[0]!;
  return { document: RegistryDocument.parse(document), signed: { bytes: bytes.toString('utf8'), signature } };
}
