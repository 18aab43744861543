import type { Troubles } from '@xiangjing/federation';
import type { FederationStatus } from './schemas.ts';
import { brokerCause, told } from './told.ts';

type Kafka = FederationStatus['kafka'];
interface Fault {
  code: string;
  message: string;
  at: Date;
}

/** Why the brokers do not take what this node has for them, or do not let it read: the newest fault, or the one that says more. */
export function brokerReason({ state, ackedAt }: Kafka, { unlogged, refusals }: Troubles): Kafka['reason'] {
  if (state !== 'failing') return null;
  const written = unlogged
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .map(({ code, text, at }): Fault => ({ code, message: text, at }));
  const read = refusals
    .filter(({ code, peer, origin, at }) => code === 'BROKER_UNAVAILABLE' && peer === null && origin === null && isSince(at, ackedAt))
    .map(({ code, message, at }): Fault => ({ code, message, at }));
  const telling = [...written, ...read].find((fault) => brokerCause(fault) !== undefined) ?? written[0];
  if (!telling) return null;
  const { message: text, remedy, detail } = told(telling);
  return { code: telling.code, text, remedy, detail, at: telling.at.toISOString() };
}

const isSince = (at: Date, ackedAt: string | null): boolean => ackedAt === null || at > new Date(ackedAt);
