import type { Logger } from '@xiangjing/platform';
import { DomainError } from '@xiangjing/scenario-sdk';
import type { Admin } from 'kafkajs';
import type { RegistryDocument } from '../registry/registry.ts';
import { aclKey, aclOf, sortAcls, type Acl } from './acls.ts';
import { adminFault } from './admin-fault.ts';
import { createClient, loadKafkajs } from './client.ts';
import { dispose, withinMs } from './deadline.ts';
import type { KafkaConnection } from './kafka-connection.ts';
import { connected } from './supervised-producer.ts';
import { settingsOf, wantedGrants, wantedTopics, type Replication, type TopicSettings, type WantedTopic } from './wanted-topics.ts';

export interface PlanTopicsOptions {
  registry: RegistryDocument;
  /** As an administrator of the brokers. */
  connection: KafkaConnection;
  replication: Replication;
  retentionMs: number;
  log: Logger;
}
export interface SettingChange {
  topic: string;
  name: string;
  from: string;
  to: string;
}
/** What differs between the brokers and the registry. */
export interface TopicPlan {
  registry: RegistryDocument;
  replication: Replication;
  /** How many are running: a topic has no more replicas than that. */
  brokers: number;
  create: WantedTopic[];
  change: SettingChange[];
  /** All settings of each topic to change: the brokers replace them as a whole. */
  settings: Record<string, TopicSettings>;
  grant: Acl[];
  revoke: Acl[];
  /** Nothing this plan would touch, but somebody should look at it. */
  notes: PlanNote[];
}
export type PlanNote =
  | { is: 'brokers'; held: number; wanted: number }
  | { is: 'left-over'; topic: string }
  | { is: 'partitions' | 'replicas'; topic: string; held: number; wanted: number }
  | { is: 'wide'; acl: Acl };

export const isEmptyPlan = ({ create, change, grant, revoke }: TopicPlan): boolean =>
  create.length + change.length + grant.length + revoke.length === 0;

/** Compares the brokers with what the registry asks for. Changes nothing. */
export function planTopics(options: PlanTopicsOptions): Promise<TopicPlan> {
  return withAdmin(options, async (admin) => {
    const { registry, replication, retentionMs } = options;
    const wanted = wantedTopics(registry, settingsOf(replication, retentionMs));
    const held = await readTopics(admin);
    const there = wanted.filter(({ topic }) => held.has(topic));
    const { change, settings } = await compareSettings(admin, there);
    const { ours, wide } = sortAcls(await readAcls(admin));
    const brokers = (await admin.describeCluster()).brokers.length;
    const kafkajs = loadKafkajs();
    const wantedAcls = wantedGrants(registry, wanted).map((grant) => aclOf(grant, kafkajs));
    return {
      registry,
      replication,
      brokers,
      create: wanted.filter(({ topic }) => !held.has(topic)),
      change,
      settings,
      grant: without(wantedAcls, ours),
      revoke: without(ours, wantedAcls),
      notes: [
        ...brokerNotes(brokers, replication),
        ...topicNotes(held, wanted, replication),
        ...wide.map((acl) => ({ is: 'wide' as const, acl })),
      ],
    };
  });
}

/** For all of it: some calls of kafkajs wait for ever. */
const ADMIN_MS = 60_000;

/** Everything an administrator does goes through here: one connection, and faults in our words. */
export async function withAdmin<T>(
  { connection, log }: Pick<PlanTopicsOptions, 'connection' | 'log'>,
  work: (admin: Admin) => Promise<T>,
  longestMs = ADMIN_MS,
): Promise<T> {
  const kafka = createClient(connection, 'admin', log);
  try {
    const admin = await connected(kafka.admin());
    try {
      return await withinMs(longestMs, 'looking after topics and rights', work(admin));
    } finally {
      await dispose(admin);
    }
  } catch (error) {
    throw adminFault(error, connection);
  }
}

interface HeldTopic {
  partitions: number;
  replicas: number;
}
async function readTopics(admin: Admin): Promise<Map<string, HeldTopic>> {
  const names = (await admin.listTopics()).filter((name) => name.startsWith('xiangjing.'));
  if (names.length === 0) return new Map();
  const { topics } = await admin.fetchTopicMetadata({ topics: names });
  return new Map(
    topics.map(({ name, partitions }) => [name, { partitions: partitions.length, replicas: partitions[0]?.replicas.length ?? 0 }]),
  );
}

/** Kafka's number for a setting made on the topic itself. */
const MADE_ON_TOPIC = 1;

async function compareSettings(admin: Admin, topics: readonly WantedTopic[]): Promise<Pick<TopicPlan, 'change' | 'settings'>> {
  if (topics.length === 0) return { change: [], settings: {} };
  const { ConfigResourceTypes } = loadKafkajs();
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: topics.map(({ topic }) => ({ type: ConfigResourceTypes.TOPIC, name: topic })),
  });
  const change: SettingChange[] = [];
  const settings: Record<string, TopicSettings> = {};
  for (const { topic, settings: due } of topics) {
    const entries = resources.find((resource) => resource.resourceName === topic)?.configEntries ?? [];
    const held = Object.fromEntries(entries.map(({ configName, configValue }) => [configName, configValue]));
    const made = entries.filter((entry) => Number(entry.configSource) === MADE_ON_TOPIC);
    const differing = Object.keys(due).filter((name) => held[name] !== due[name]);
    change.push(...differing.map((name) => ({ topic, name, from: held[name] ?? '', to: due[name]! })));
    if (differing.length > 0)
      settings[topic] = { ...Object.fromEntries(made.map(({ configName, configValue }) => [configName, configValue])), ...due };
  }
  return { change, settings };
}

async function readAcls(admin: Admin): Promise<Acl[]> {
  const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = loadKafkajs();
  const any = {
    resourceType: AclResourceTypes.ANY,
    resourcePatternType: ResourcePatternTypes.ANY,
    operation: AclOperationTypes.ANY,
    permissionType: AclPermissionTypes.ANY,
  };
  const { resources } = await admin.describeAcls(any).catch((cause: unknown) => {
    throw new DomainError('BROKER_UNAVAILABLE', 'the brokers do not show their access rules', {
      remedy: 'set authorizer.class.name on the brokers (infra/kafka), and sign in as one of their super users',
      cause,
    });
  });
  return resources.flatMap(({ acls, ...resource }) => acls.map((acl) => ({ ...resource, ...acl })));
}

function without(acls: readonly Acl[], others: readonly Acl[]): Acl[] {
  const keys = new Set(others.map(aclKey));
  return acls.filter((acl) => !keys.has(aclKey(acl)));
}

const brokerNotes = (held: number, { factor: wanted }: Replication): PlanNote[] => (held < wanted ? [{ is: 'brokers', held, wanted }] : []);

function topicNotes(held: ReadonlyMap<string, HeldTopic>, wanted: readonly WantedTopic[], { factor }: Replication): PlanNote[] {
  const names = new Set(wanted.map(({ topic }) => topic));
  return [...held].flatMap(([topic, { partitions, replicas }]): PlanNote[] => {
    if (!names.has(topic)) return [{ is: 'left-over', topic }];
    return [
      ...(partitions === 1 ? [] : [{ is: 'partitions' as const, topic, held: partitions, wanted: 1 }]),
      ...(replicas === factor ? [] : [{ is: 'replicas' as const, topic, held: replicas, wanted: factor }]),
    ];
  });
}
