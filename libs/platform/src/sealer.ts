import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Seals texts, such as the tokens of a session, so that a reader of the database learns and changes nothing. */
export interface Sealer {
  /** `bound` (a session id, say) must be the same at both ends, so that a sealed text cannot be moved to another row. */
  seal: (text: string, bound?: string) => Buffer;
  open: (sealed: Uint8Array, bound?: string) => string;
}

export class SealError extends Error {
  readonly code = 'INTERNAL';
  readonly remedy: string;
  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'SealError';
    this.remedy = remedy;
  }
}

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + IV_BYTES + TAG_BYTES;

/** AES-256-GCM with a random nonce; layout: version, nonce, tag, text. All processes of a node are given the same secret. */
export function sealer(secret: string): Sealer {
  if (secret.length < 32) throw new SealError('the sealing secret is too short', 'Give at least 32 random characters.');
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'xiangjing seal', 32));
  return {
    seal(text, bound = '') {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(bound));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), iv, cipher.getAuthTag(), body]);
    },
    open(sealed, bound = '') {
      const bytes = Buffer.from(sealed);
      const broken = new SealError('the sealed text is not ours, was changed, or belongs elsewhere', 'Drop it; the person signs in again.');
      if (bytes.length < HEAD_BYTES || bytes[0] !== VERSION) throw broken;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(bound)).setAuthTag(bytes.subarray(1 + IV_BYTES, HEAD_BYTES));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES)), decipher.final()]).toString('utf8');
      } catch {
        throw broken;
      }
    },
  };
}
