import { DomainError } from '@xiangjing/scenario-sdk';
import type { Replication } from './wanted-topics.ts';

interface TopicFault {
  type?: string;
  topic?: string;
  message?: string;
}

/** kafkajs hides under one sentence why each topic was not made. */
export function creationFault(error: unknown, { factor }: Replication, brokers: number): unknown {
  const faults = (error as { errors?: TopicFault[] } | null)?.errors ?? [];
  if (faults.length === 0) return error;
  if (faults.some(({ type }) => type === 'INVALID_REPLICATION_FACTOR'))
    return new DomainError('CONFIG_INVALID', `要 ${factor} 个副本，只有 ${brokers} 台代理`, { remedy: REPLICATION_REMEDY, cause: error });
  const told = faults.map(({ topic, type, message }) => `${topic ?? '?'} ${type ?? message ?? ''}`.trim());
  const isRight = faults.some(({ type }) => type?.endsWith('_AUTHORIZATION_FAILED'));
  return new DomainError('BROKER_UNAVAILABLE', `代理没有建成主题：${told.join('、')}`, {
    remedy: isRight
      ? '让 federation.kafka.admin 的用户成为代理的超级用户（super.users）'
      : '按上面的原因改好后再运行一次；已建成的不会重建',
    cause: error,
  });
}

export const REPLICATION_REMEDY = '补足代理，或改 federation.kafka.replication.factor（试用写 1，minInSync 也写 1）';
