import type { Queryable } from '@xiangjing/db';
import { DomainError, z } from '@xiangjing/scenario-sdk';
import type { Clock } from '../clock.ts';
import { readInvitation } from './invitation.ts';
import { proofText, type JoinRequest } from './join.ts';
import { ensureNodeKey } from './keys.ts';
import { storeRegistry } from './registry-store.ts';
import { SignedRegistry, verifyRegistry, type RegistryDocument } from './registry.ts';
import { fingerprintOf, writeTrust } from './trust.ts';

export interface JoinFederationOptions {
  /** The app login. */
  pool: Queryable;
  invitation: string;
  /** As the province read it out over another channel. */
  rootKeyFingerprint?: string;
  dataDir: string;
  adcode: string;
  nameZh: string;
  release: string;
  clock: Clock;
  fetch?: typeof fetch;
}

const JoinAnswer = z.object({ registry: SignedRegistry });
const Refusal = z.object({ code: z.string(), detail: z.string(), remedy: z.string() });
const ANSWER_MS = 15_000;

/**
 * At a city: makes the node's key here, hands in its public half with the invitation's code, and keeps the registry that comes
 * back if the root key of the invitation signed it. May be repeated with the same invitation if the answer got lost.
 */
export async function joinFederation(options: JoinFederationOptions): Promise<RegistryDocument> {
  const { pool, dataDir, adcode, nameZh, release, fetch: ask = fetch } = options;
  const invitation = readInvitation(options.invitation);
  if (invitation.adcode !== adcode)
    throw new DomainError('INVITATION_INVALID', `the invitation is for ${invitation.adcode}, this node is ${adcode}`, {
      remedy: 'ask the province for an invitation for this node',
    });
  refuseOtherRoot(invitation.root.publicKey, options.rootKeyFingerprint);
  const signer = await ensureNodeKey(dataDir, adcode);
  const unproved = { adcode, nameZh, release, publicKey: signer.publicKey, code: invitation.code };
  const body: JoinRequest = { ...unproved, proof: signer.sign(proofText(unproved)) };
  const registry = await handIn(ask, new URL('/federation/v1/join', invitation.provinceUrl), body);
  const document = await verifyRegistry(registry, invitation.root);
  await storeRegistry(pool, document, registry);
  await writeTrust(dataDir, { provinceUrl: invitation.provinceUrl, province: invitation.province, root: invitation.root });
  return document;
}

function refuseOtherRoot(publicKey: string, told: string | undefined): void {
  const plain = (text: string) => text.replaceAll(/\s/g, '').toLowerCase();
  const fingerprint = fingerprintOf(publicKey);
  if (told === undefined || plain(told) === plain(fingerprint)) return;
  throw new DomainError('INVITATION_INVALID', `这份邀请的根密钥指纹是 ${fingerprint}，与给出的不同`, {
    remedy: '不要加入：打电话问省级平台，核对指纹，请对方另发邀请',
  });
}

async function handIn(ask: typeof fetch, url: URL, body: JoinRequest): Promise<SignedRegistry> {
  const response = await ask(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_MS),
  }).catch((cause: unknown) => {
    throw new DomainError('UPSTREAM_UNAVAILABLE', `the province does not answer at ${url.origin}`, {
      remedy: 'check the route and the firewall to that address, outbound only, then repeat with the same invitation',
      cause,
    });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return JoinAnswer.parse(answer).registry;
  const refusal = Refusal.safeParse(answer);
  throw new DomainError('INVITATION_INVALID', refusal.data?.detail ?? `the province answered ${response.status}`, {
    remedy: refusal.data?.remedy ?? `ask whether ${url.origin} is the address of the province's node`,
  });
}
