export interface BrokerShape {
  dataDir: string;
  port: number;
  controllerPort: number;
  /** Password of the broker's own user; with it, clients sign in by SCRAM and rights are checked. */
  brokerPassword: string | undefined;
  /** Passwords of the clients. */
  clients?: Record<string, string> | undefined;
  /** A second way in, for clients behind something that forwards: they are told to come by its port. */
  relayed?: { port: number; advertisedPort: number } | undefined;
}

export const BROKER_USER = 'broker';
export const ADMIN_USER = 'admin';
const HOST = '127.0.0.1';

/** `server.properties` of one broker that is its own controller, on the loopback only, small and quick to come back. */
export function brokerProperties({ dataDir, port, controllerPort, brokerPassword, clients, relayed }: BrokerShape): string {
  const protocol = brokerPassword ? 'SASL_PLAINTEXT' : 'PLAINTEXT';
  return lines({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@${HOST}:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `CLIENT://${HOST}:${port},${relayed ? `RELAYED://${HOST}:${relayed.port},` : ''}CONTROLLER://${HOST}:${controllerPort}`,
    'advertised.listeners': `CLIENT://${HOST}:${port}${relayed ? `,RELAYED://${HOST}:${relayed.advertisedPort}` : ''}`,
    'listener.security.protocol.map': `CLIENT:${protocol},RELAYED:${protocol},CONTROLLER:PLAINTEXT`,
    'inter.broker.listener.name': 'CLIENT',
    'log.dirs': dataDir,
    'auto.create.topics.enable': false,
    'num.partitions': 1,
    'group.initial.rebalance.delay.ms': 0,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    // A broker that was killed is let in again when its old session has expired.
    'broker.session.timeout.ms': 1500,
    'broker.heartbeat.interval.ms': 500,
    // Its default of 128 MiB does not fit into the heap.
    'log.cleaner.dedupe.buffer.size': 4_194_304,
    ...(brokerPassword ? secured(brokerPassword, clients ?? {}) : {}),
  });
}

/**
 * Clients sign in by SCRAM. kcat on a librdkafka before 2.6.1, as Debian 12 has it, fails at that with Kafka 4 (edenhill/kcat#462):
 * on the loopback the same users may also come by PLAIN.
 */
const secured = (brokerPassword: string, clients: Record<string, string>): { [key: string]: string | boolean } => ({
  'sasl.enabled.mechanisms': 'SCRAM-SHA-512,PLAIN',
  'listener.name.client.plain.sasl.jaas.config': plainLogin(clients),
  'listener.name.relayed.plain.sasl.jaas.config': plainLogin(clients),
  'sasl.mechanism.inter.broker.protocol': 'SCRAM-SHA-512',
  'listener.name.client.scram-sha-512.sasl.jaas.config': scramLogin(brokerPassword),
  'listener.name.relayed.scram-sha-512.sasl.jaas.config': scramLogin(brokerPassword),
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  // ANONYMOUS is the broker itself on the plain controller port: on the loopback only, and never in production (infra/kafka).
  'super.users': `User:${BROKER_USER};User:${ADMIN_USER};User:ANONYMOUS`,
  'allow.everyone.if.no.acl.found': false,
});

const scramLogin = (password: string): string =>
  `org.apache.kafka.common.security.scram.ScramLoginModule required username="${BROKER_USER}" password="${password}";`;

const plainLogin = (clients: Record<string, string>): string => {
  const users = Object.entries(clients).map(([name, password]) => `user_${name}="${password}"`);
  return `org.apache.kafka.common.security.plain.PlainLoginModule required ${users.join(' ')};`;
};

/** In such a file a backslash is an escape. */
const lines = (properties: { [key: string]: string | number | boolean }): string =>
  Object.entries(properties)
    .map(([key, value]) => `${key}=${String(value).replaceAll('\\', '\\\\')}\n`)
    .join('');
