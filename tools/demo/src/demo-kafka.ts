import { startKafka, type KafkaServer } from '@xiangjing/local-servers/kafka';
import { CITIES, PROVINCE } from '@xiangjing/scenario-sdk';
import { join } from 'node:path';
import { z } from 'zod';
import { newSecret, type Folder } from './folder.ts';
import { configFileOf } from './node-files.ts';
import { runVerb } from './verb.ts';

const ADMIN = 'admin';
const userOf = (adcode: string): string => `xiangjing-${adcode}`;

/** A broker with a user for each node there could be, so that the demo may grow; passwords and topics last over starts. */
export async function startDemoKafka(folder: Folder, port: number): Promise<KafkaServer> {
  const users = [ADMIN, userOf(PROVINCE), ...CITIES.map((city) => userOf(city.adcode))];
  folder.save({ kafka: folder.kept.kafka ?? Object.fromEntries(users.map((user) => [user, newSecret()])) });
  return startKafka({ runDir: join(folder.root, 'kafka'), port, secure: { passwords: folder.kept.kafka ?? {} } });
}

/** What a node reads under `federation.kafka`. One broker holds each event once; the province makes the topics. */
export function kafkaSection(folder: Folder, adcode: string, brokers: readonly string[]): object {
  const passwords = folder.kept.kafka ?? {};
  return {
    brokers,
    username: userOf(adcode),
    password: passwords[userOf(adcode)],
    ...(adcode === PROVINCE ? { admin: { username: ADMIN, password: passwords[ADMIN] } } : {}),
    replication: { factor: 1, minInSync: 1 },
  };
}

const Applied = z.object({ create: z.array(z.string()) });

/** A topic for each feed of the nodes in the registry, with the rights of its writer and readers; true if one of them is new. */
export async function applyTopics(folder: Folder): Promise<boolean> {
  const text = await runVerb(['federation', 'topics', '--apply', '--json', '--config', configFileOf(folder, PROVINCE)]);
  return Applied.parse(JSON.parse(text)).create.length > 0;
}
