import { newPassword, readBrokerState } from './kafka/broker-state.ts';
import { ADMIN_USER } from './kafka/properties.ts';
import { KAFKA_VERSION, startKafka, type KafkaServer } from './kafka.ts';
import { NODE_CODES } from './node-codes.ts';
import { readFlags, readPort } from './read-flags.ts';
import { runServer } from './run-server.ts';

const HELP = `npm run kafka -- [options]      a real Apache Kafka ${KAFKA_VERSION} broker on 127.0.0.1
  --port <n>       its port (default: that of the last start, or a free one)
  --data <folder>  where it keeps everything (default: .xiangjing/local-kafka)
  --secure         users (SCRAM) and rights (ACLs): one user for each node, and an admin
  --end-stale      end a broker that a killed run left behind in the folder`;

const flags = readFlags(
  {
    port: { type: 'string' },
    data: { type: 'string', default: '.xiangjing/local-kafka' },
    secure: { type: 'boolean', default: false },
    'end-stale': { type: 'boolean', default: false },
  },
  HELP,
);
const port = readPort(flags.port, HELP);
const runDir = flags.data;
const passwords = flags.secure ? (readBrokerState(runDir)?.users?.clients ?? newUsers()) : undefined;

await runServer('Kafka', () => startKafka({ runDir, port, endStale: flags['end-stale'], secure: passwords && { passwords } }), tell);

function newUsers(): Record<string, string> {
  const names = [...NODE_CODES.map((adcode) => `xiangjing-${adcode}`), ADMIN_USER];
  return Object.fromEntries(names.map((name) => [name, newPassword()]));
}

function tell({ brokers, pid, dataDir }: KafkaServer): string {
  const users = Object.entries(passwords ?? {}).map(([name, password]) => `  ${name.padEnd(18)}${password}`);
  return [
    `Kafka ${KAFKA_VERSION}：${brokers.join(',')}（进程 ${pid()}，数据在 ${dataDir}）`,
    passwords
      ? 'SASL_PLAINTEXT，SCRAM-SHA-512；主题和权限由 xiangjing federation topics --apply 建立。用户和口令：'
      : '不设口令，谁都能读写：只供本机试用',
    ...users,
    'Ctrl-C 停止',
  ].join('\n');
}
