import type { Troubles } from '@xiangjing/federation';
import type { FederationStatus } from './schemas.ts';

type Kafka = FederationStatus['kafka'];
interface Fault {
  code: string;
  text: string;
  at: Date;
}

/** Why the brokers do not take what this node has for them: what the writer met, or the reader where that says more. */
export function brokerReason({ state, ackedAt }: Kafka, { unlogged, refusals }: Troubles): Kafka['reason'] {
  if (state !== 'failing') return null;
  const written = unlogged.toSorted((a, b) => b.at.getTime() - a.at.getTime());
  const read = refusals
    .filter(({ code, peer, origin, at }) => code === 'BROKER_UNAVAILABLE' && peer === null && origin === null && isSince(at, ackedAt))
    .map(({ code, message, at }): Fault => ({ code, text: message, at }));
  const told = [...written, ...read].find((fault) => causeOf(fault) !== undefined) ?? written[0];
  if (!told) return null;
  const { text, remedy } = causeOf(told) ?? { text: told.text, remedy: '看代理是否在运行，从这里能否连到' };
  return { code: told.code, text, remedy, at: told.at.toISOString() };
}

const isSince = (at: Date, ackedAt: string | null): boolean => ackedAt === null || at > new Date(ackedAt);

const TOPICS_REMEDY = '在省节点运行 xiangjing federation topics --apply';

function causeOf({ code, text }: Fault): { text: string; remedy: string } | undefined {
  if (code === 'TOPIC_MISSING') return { text: '没有要用的主题，或本节点无权用它', remedy: TOPICS_REMEDY };
  if (text.includes('KafkaJSSASLAuthenticationError'))
    return {
      text: '代理不认本节点的用户名或口令',
      remedy: '核对 federation.kafka 的 username、password 与代理上的用户（kafka-configs.sh）',
    };
  if (/_AUTHORIZATION_FAILED/.test(text)) return { text: '本节点在代理上缺权限', remedy: TOPICS_REMEDY };
  return undefined;
}
