import { createHash, createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SigningKey {
  /** Private JWK for RS256. */
  jwk: Record<string, unknown>;
  /** Signs the provider's cookies; as lasting as the key. */
  cookieSecret: string;
}

/** The realm's key, made on first use and readable by its owner only, so that tokens outlive a restart. */
export function signingKey(stateDir: string): SigningKey {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const file = join(stateDir, 'demo-identity-key.pem');
  const pem = existing(file) ?? made(file);
  chmodSync(file, 0o600);
  const key = createPrivateKey(pem);
  const kid = createHash('sha256')
    .update(key.export({ type: 'pkcs1', format: 'der' }))
    .digest('base64url')
    .slice(0, 16);
  return {
    jwk: { ...key.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' },
    cookieSecret: createHash('sha256').update(`cookies ${pem}`).digest('base64url'),
  };
}

function existing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Written aside and linked into place: of two processes that start at once, both end up with the first one's key. */
function made(file: string): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const aside = `${file}.${randomUUID()}`;
  writeFileSync(aside, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside);
  }
  return readFileSync(file, 'utf8');
}
