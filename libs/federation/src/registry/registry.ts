import { DomainError, View, z } from '@xiangjing/scenario-sdk';
import canonicalize from 'canonicalize';
import type { Signer } from './keys.ts';
import { signatureFault } from './signature.ts';
import { Release } from './node-words.ts';

export const RegistryKey = z.object({
  kid: z.string().min(1).max(100),
  alg: z.literal('EdDSA'),
  publicKey: z.string().regex(/^[\w-]{43}$/),
  notBefore: z.iso.datetime(),
  notAfter: z.iso.datetime(),
});
export type RegistryKey = z.infer<typeof RegistryKey>;

export const RegistryNode = z.object({
  adcode: z.string().regex(/^43\d{4}$/),
  nameZh: z.string().min(1).max(60),
  /** Where it can be asked; null for a node that only dials out. */
  url: z.url().nullable(),
  keys: z.array(RegistryKey).min(1),
  /** Views this node may read. */
  views: z.array(View),
  release: Release,
});
export type RegistryNode = z.infer<typeof RegistryNode>;

/** Who takes part, with which keys: signed by the province's root key, a new version with each change. */
export const RegistryDocument = z.object({
  version: z.number().int().positive(),
  issuedAt: z.iso.datetime(),
  nodes: z.array(RegistryNode),
});
export type RegistryDocument = z.infer<typeof RegistryDocument>;

/** The document's canonical JSON as signed, and the root's signature over it. */
export const SignedRegistry = z.object({ bytes: z.string().max(1_000_000), signature: z.string().max(2000) });
export type SignedRegistry = z.infer<typeof SignedRegistry>;

export interface RootKey {
  kid: string;
  publicKey: string;
}

/** What a node of the federation may read: the province every city's `up` and, as a carrier, `peer`; a city `down` and `peer`. */
export const PROVINCE_VIEWS: View[] = ['up', 'peer'];
export const CITY_VIEWS: View[] = ['down', 'peer'];

const KEY_LIFE_MS = 730 * 24 * 3_600_000;
const KEY_LEAD_MS = 10 * 60_000;

export const registryKeyOf = (key: { kid: string; publicKey: string }, now: Date): RegistryKey => ({
  kid: key.kid,
  alg: 'EdDSA',
  publicKey: key.publicKey,
  notBefore: new Date(now.getTime() - KEY_LEAD_MS).toISOString(),
  notAfter: new Date(now.getTime() + KEY_LIFE_MS).toISOString(),
});

export function signRegistry(document: RegistryDocument, root: Signer): SignedRegistry {
  const bytes = canonicalize(document)!;
  return { bytes, signature: root.sign(Buffer.from(bytes)) };
}

/** The document, if the root key signed it. */
export async function verifyRegistry(signed: SignedRegistry, root: RootKey): Promise<RegistryDocument> {
  const key = { ...root, alg: 'EdDSA' as const, notBefore: '2000-01-01T00:00:00Z', notAfter: '9999-01-01T00:00:00Z' };
  const fault = await signatureFault(Buffer.from(signed.bytes), signed.signature, [key], new Date(key.notBefore));
  if (fault)
    throw new DomainError('REGISTRY_INVALID', `the registry is not the province's: signature ${fault}`, {
      remedy: 'ask the province for its root key fingerprint, compare it with the one of your invitation, and join anew if it changed',
    });
  const document = RegistryDocument.safeParse(JSON.parse(signed.bytes));
  if (document.success) return document.data;
  throw new DomainError('REGISTRY_INVALID', `the registry has another shape: ${document.error.issues[0]?.path.join('.')}`, {
    remedy: 'update this node to a release that reads it',
  });
}
