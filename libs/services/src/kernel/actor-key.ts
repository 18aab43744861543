import type { Actor } from '@xiangjing/authorization';
import { createHash } from 'node:crypto';

/** Identifiers in the audit are hashed: it tells same from other, not who. */
export function hashedActor(actor: Actor): { type: string; id: string } {
  return { type: actor.type, id: createHash('sha256').update(actorKey(actor)).digest('hex').slice(0, 32) };
}

/** One text per account: an account is (iss, sub). */
export function actorKey(actor: Actor): string {
  switch (actor.type) {
    case 'anonymous':
      return 'anonymous';
    case 'person':
      return `person ${actor.iss} ${actor.sub}`;
    case 'service':
      return `service ${actor.clientId}`;
    case 'node':
      return `node ${actor.adcode}`;
    case 'job':
      return `job ${actor.name}`;
  }
}
