import { randomBytes } from 'node:crypto';
import type { Queryable } from '@xiangjing/db';
import { DomainError, z } from '@xiangjing/scenario-sdk';
import type { Clock } from '../clock.ts';
import { digestOf } from '../core/feed.ts';
import { Trust, fingerprintOf, readTrust } from './trust.ts';

const Invitation = Trust.extend({ adcode: z.string().regex(/^43\d{4}$/), code: z.string().min(20).max(100) });
export type Invitation = z.infer<typeof Invitation>;
const PREFIX = 'xiangjing-invitation-1.';

export interface CreateInvitationOptions {
  /** The app login. */
  pool: Queryable;
  dataDir: string;
  adcode: string;
  ttlMs: number;
  clock: Clock;
  /** One-time code; random unless told. */
  code?: string;
}

/**
 * At the province: one line of text for the city's IT, with the province's address, its root key and a one-time code, of which
 * only the digest is kept here. The fingerprint is read out over another channel.
 */
export async function createInvitation(options: CreateInvitationOptions) {
  const { pool, dataDir, adcode, ttlMs, clock, code = randomBytes(24).toString('base64url') } = options;
  const trust = await readTrust(dataDir);
  if (!trust)
    throw new DomainError('REGISTRY_INVALID', 'this node has no registry', { remedy: 'at the province: xiangjing federation init' });
  const expiresAt = new Date(clock.now().getTime() + ttlMs);
  await pool.query('insert into invitation (code_digest, adcode, expires_at) values ($1, $2, $3)', [digestOf(code), adcode, expiresAt]);
  const invitation: Invitation = { ...trust, adcode, code };
  return {
    invitation: PREFIX + Buffer.from(JSON.stringify(invitation)).toString('base64url'),
    expiresAt,
    rootKeyFingerprint: fingerprintOf(trust.root.publicKey),
  };
}

export function readInvitation(text: string): Invitation {
  try {
    if (!text.startsWith(PREFIX)) throw new Error('another start');
    return Invitation.parse(JSON.parse(Buffer.from(text.slice(PREFIX.length).trim(), 'base64url').toString('utf8')));
  } catch (cause) {
    throw new DomainError('INVITATION_INVALID', 'this text is no invitation, or was cut short', {
      remedy: `copy the whole line, which starts with ${PREFIX}`,
      cause,
    });
  }
}
