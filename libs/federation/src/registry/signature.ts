import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

/** A public key with its validity, as the registry lists it. */
export interface VerifyingKey {
  kid: string;
  alg: 'EdDSA';
  /** Raw Ed25519 public key, base64url. */
  publicKey: string;
  notBefore: string;
  notAfter: string;
}
export type SignatureFault = 'malformed' | 'unknown key' | 'wrong algorithm' | 'outside the validity of the key' | 'does not verify';

/**
 * Detached JWS with unencoded payload (RFC 7797): `<protected>..<signature>`, over the header, a dot and the exact bytes.
 * The algorithm is the one the registry lists for the key; what the message says must equal it and never decides.
 */
export function signDetached(bytes: Uint8Array, key: { kid: string; privateKey: KeyObject }): string {
  const header = Buffer.from(JSON.stringify({ alg: 'EdDSA', b64: false, crit: ['b64'], kid: key.kid })).toString('base64url');
  return `${header}..${sign(null, signingInput(header, bytes), key.privateKey).toString('base64url')}`;
}

const DETACHED = /^([\w-]+)\.\.([\w-]+)$/;
const signingInput = (header: string, bytes: Uint8Array): Buffer => Buffer.concat([Buffer.from(`${header}.`), bytes]);
const verifyAsync = promisify<null, Buffer, KeyObject, Buffer, boolean>(verify);

/** What is wrong with a signature over these bytes, or null. Keys of one node only: whose bytes they are is the caller's question. */
export async function signatureFault(
  bytes: Uint8Array,
  signature: string,
  keys: readonly VerifyingKey[],
  at: Date,
): Promise<SignatureFault | null> {
  const [, protectedHeader = '', mark = ''] = DETACHED.exec(signature) ?? [];
  const header = readHeader(protectedHeader);
  if (!header) return 'malformed';
  const key = keys.find((k) => k.kid === header.kid);
  if (!key) return 'unknown key';
  if (key.alg !== header.alg) return 'wrong algorithm';
  if (at < new Date(key.notBefore) || at >= new Date(key.notAfter)) return 'outside the validity of the key';
  const isGenuine = await verifyAsync(null, signingInput(protectedHeader, bytes), publicKeyOf(key), Buffer.from(mark, 'base64url'));
  return isGenuine ? null : 'does not verify';
}

function readHeader(text: string): { alg: string; kid: string } | undefined {
  try {
    const header: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (typeof header !== 'object' || header === null) return undefined;
    const { alg, kid, b64, crit, ...more } = header as Record<string, unknown>;
    const isOurs = b64 === false && Array.isArray(crit) && crit.length === 1 && crit[0] === 'b64' && Object.keys(more).length === 0;
    return isOurs && typeof alg === 'string' && typeof kid === 'string' ? { alg, kid } : undefined;
  } catch {
    return undefined;
  }
}

const imported = new WeakMap<VerifyingKey, KeyObject>();
function publicKeyOf(key: VerifyingKey): KeyObject {
  const known = imported.get(key) ?? createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.publicKey }, format: 'jwk' });
  imported.set(key, known);
  return known;
}

export const rawPublicKey = (privateKey: KeyObject): string => createPublicKey(privateKey).export({ format: 'jwk' }).x!;
