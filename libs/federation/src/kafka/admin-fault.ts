import { DomainError } from '@xiangjing/scenario-sdk';
import { brokerFault, kindOf } from './faults.ts';
import type { KafkaConnection } from './kafka-connection.ts';

/** What an administrator met, in our words. A refused login is the administrator's, not the node's. */
export function adminFault(error: unknown, { sasl }: KafkaConnection): unknown {
  if (!sasl || kindOf(error) !== 'KafkaJSSASLAuthenticationError') return brokerFault(error);
  return new DomainError('BROKER_UNAVAILABLE', `代理不认管理员 ${sasl.username} 的口令`, {
    remedy: `核对 federation.kafka.admin 的用户名和口令，与代理上的用户 ${sasl.username}（kafka-configs.sh）是否一致`,
    cause: error,
  });
}
