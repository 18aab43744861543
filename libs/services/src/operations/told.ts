import { inChinese, isChinese, type ThrownText, type ToldText } from '@xiangjing/scenario-sdk';

const TOPICS_REMEDY = '在省节点运行 xiangjing federation topics --apply';

/** What the brokers' own words say more precisely than the code of the fault. */
export function brokerCause({ code, message }: Pick<ThrownText, 'code' | 'message'>): Omit<ToldText, 'detail'> | undefined {
  if (code === 'TOPIC_MISSING') return { message: 'Kafka 上没有要用的主题，或本节点无权用它', remedy: TOPICS_REMEDY };
  if (message.includes('KafkaJSSASLAuthenticationError'))
    return {
      message: 'Kafka 不认本节点的用户名或口令',
      remedy: '核对 federation.kafka 的 username、password 与代理上的用户（kafka-configs.sh）',
    };
  if (/_AUTHORIZATION_FAILED/.test(message)) return { message: '本节点在 Kafka 上缺权限', remedy: TOPICS_REMEDY };
  return undefined;
}

/** A fault on the way between nodes, for a page or a terminal. */
export const told = (fault: ThrownText): ToldText => ({ ...inChinese(fault), ...brokerCause(fault) });

/** Of a feed that waits: everything after its cursor is missing, whatever else is said. */
export function toldWaiting(reason: string, seq: number): ToldText {
  const isTold = isChinese(reason);
  return {
    message: isTold ? reason : `第 ${seq + 1} 条起，两条路都还没有送到`,
    remedy: '看来源节点和 Kafka 是否在运行；恢复后自动补齐',
    detail: isTold ? '' : reason,
  };
}

/** Why a repair was not made: `CODE: words`, or words alone, which the outcome has said in Chinese already. */
export function toldRepair(reason: string | null): { reason: string | null; detail: string } {
  if (reason === null || isChinese(reason)) return { reason, detail: '' };
  const code = /^([A-Z][A-Z_]+): /.exec(reason)?.[1];
  return { reason: code === undefined ? null : told({ code, message: '' }).message, detail: reason };
}
