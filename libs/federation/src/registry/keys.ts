import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@xiangjing/scenario-sdk';
import { digestOf } from '../core/feed.ts';
import { rawPublicKey, signDetached } from './signature.ts';

/** What signs for one node. The private key never leaves this object. */
export interface Signer {
  adcode: string;
  kid: string;
  /** Raw Ed25519 public key, base64url. */
  publicKey: string;
  /** Detached JWS with unencoded payload (RFC 7797): `<protected>..<signature>`. */
  sign(bytes: Uint8Array): string;
}

const NODE_KEY = 'node.key';
const ROOT_KEY = 'root.key';

/** The key's name: whose it is, and the start of the digest of its public half. */
export const kidOf = (owner: string, publicKey: string): string => `${owner}-${digestOf(Buffer.from(publicKey, 'base64url')).slice(0, 16)}`;

export function signerOf(adcode: string, privateKey: KeyObject, owner = adcode): Signer {
  const publicKey = rawPublicKey(privateKey);
  const kid = kidOf(owner, publicKey);
  return { adcode, kid, publicKey, sign: (bytes) => signDetached(bytes, { kid, privateKey }) };
}

/** Makes `<dir>/node.key`, readable by this user only; refuses if there is one. */
export const createNodeKey = async (dir: string, adcode: string): Promise<Signer> => signerOf(adcode, await createKey(dir, NODE_KEY));
export const loadNodeKey = async (dir: string, adcode: string): Promise<Signer> => signerOf(adcode, await loadKey(dir, NODE_KEY));

/** The node's key: loaded, or made on first use. */
export async function ensureNodeKey(dir: string, adcode: string): Promise<Signer> {
  return (await hasKey(dir, NODE_KEY)) ? loadNodeKey(dir, adcode) : createNodeKey(dir, adcode);
}

/** The province's root key: it signs the registry and nothing else. */
export const createRootKey = async (dir: string, adcode: string): Promise<Signer> =>
  signerOf(adcode, await createKey(dir, ROOT_KEY), `root-${adcode}`);
export const loadRootKey = async (dir: string, adcode: string): Promise<Signer> =>
  signerOf(adcode, await loadKey(dir, ROOT_KEY), `root-${adcode}`);

async function createKey(dir: string, file: string): Promise<KeyObject> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ed25519');
  const path = join(dir, file);
  await writeFile(path, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' }).catch(
    (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EEXIST') throw cause;
      throw new DomainError('CONFIG_INVALID', `there is a key at ${path} already`, {
        remedy: "keys are never overwritten: move it away if it is not this node's",
        cause,
      });
    },
  );
  return privateKey;
}

async function loadKey(dir: string, file: string): Promise<KeyObject> {
  const path = join(dir, file);
  const { mode } = await stat(path).catch((cause: unknown) => {
    throw new DomainError('CONFIG_INVALID', `there is no key at ${path}`, {
      remedy: 'name the folder that holds the keys of this node',
      cause,
    });
  });
  if ((mode & 0o077) !== 0 && process.platform !== 'win32')
    throw new DomainError('CONFIG_INVALID', `the key file ${path} can be read by others`, { remedy: `chmod 600 ${path}` });
  return createPrivateKey(await readFile(path, 'utf8'));
}

const hasKey = (dir: string, file: string): Promise<boolean> =>
  stat(join(dir, file)).then(
    () => true,
    () => false,
  );
