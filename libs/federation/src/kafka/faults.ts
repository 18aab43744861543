import { DomainError } from '@xiangjing/scenario-sdk';
import { BROKER_REMEDY } from './deadline.ts';
import { topicOf } from './kafka-connection.ts';

export const TOPICS_REMEDY = 'on the province: xiangjing federation topics --apply';

export const topicMissing = (feeds: readonly { origin: string; view: string }[]): DomainError =>
  new DomainError(
    'TOPIC_MISSING',
    `no topic that this node may use: ${feeds.map(({ origin, view }) => topicOf(origin, view)).join(', ')}`,
    {
      remedy: TOPICS_REMEDY,
    },
  );

interface KafkaFault {
  name?: string;
  type?: string;
  message?: string;
  cause?: unknown;
}
/** Kafka's own word for what went wrong, through the wrapping of kafkajs. */
export function kindOf(error: unknown): string {
  const { name = 'Error', type, cause } = (error ?? {}) as KafkaFault;
  if (type) return type;
  return cause ? kindOf(cause) : name;
}

const TOPIC_KINDS = ['UNKNOWN_TOPIC_OR_PARTITION', 'TOPIC_AUTHORIZATION_FAILED'];
export const isTopicFault = (error: unknown): boolean =>
  TOPIC_KINDS.includes(kindOf(error)) || /not authorized to access topics/i.test((error as KafkaFault)?.message ?? '');

/** A fault of the brokers in our words, anything else as it is. A missing right on the group looks to kafkajs like a missing coordinator. */
export function brokerFault(error: unknown): unknown {
  if (!isOfKafkajs(error)) return error;
  const kind = kindOf(error);
  const remedy = REMEDIES[kind] ?? BROKER_REMEDY;
  return new DomainError('BROKER_UNAVAILABLE', `${kind}: ${(error as KafkaFault)?.message ?? String(error)}`, { remedy, cause: error });
}

const isOfKafkajs = (error: unknown): boolean => String((error as KafkaFault | null)?.name).startsWith('KafkaJS');

const REMEDIES: Record<string, string> = {
  KafkaJSSASLAuthenticationError: 'compare user and password of federation.kafka with the user on the brokers (kafka-configs.sh)',
  KafkaJSGroupCoordinatorNotFound: `if it stays: this node may not read with its group; ${TOPICS_REMEDY}`,
  TOPIC_AUTHORIZATION_FAILED: `this node may not use a topic; ${TOPICS_REMEDY}`,
  UNKNOWN_TOPIC_OR_PARTITION: `a topic is not there; ${TOPICS_REMEDY}`,
  CLUSTER_AUTHORIZATION_FAILED: `this node has no right to write yet; ${TOPICS_REMEDY}`,
};
