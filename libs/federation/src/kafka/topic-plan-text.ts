import type { Acl } from './acls.ts';
import { loadKafkajs, type KafkaModule } from './client.ts';
import { REPLICATION_REMEDY } from './creation-fault.ts';
import { principalOf } from './kafka-connection.ts';
import { isEmptyPlan, type PlanNote, type TopicPlan } from './plan-topics.ts';
import { readsFeed, type WantedTopic } from './wanted-topics.ts';

/** The plan as an operator reads it: what is made, changed and taken away, and why. */
export function topicPlanText(plan: TopicPlan): string {
  const { registry, replication, create, change, grant, revoke, notes } = plan;
  const kafkajs = loadKafkajs();
  const lines = [
    `主题与权限计划：按节点名册第 ${registry.version} 版，${registry.nodes.length} 个节点`,
    ...section(
      `新建主题 ${create.length} 个（1 个分区，${replication.factor} 个副本，至少 ${replication.minInSync} 个同步）`,
      create,
      (topic) => created(topic, plan),
    ),
    ...section(`修改设置 ${change.length} 项`, change, ({ topic, name, from, to }) => `${topic}  ${name}：${from || '（无）'} → ${to}`),
    ...section(`授予权限 ${grant.length} 条`, grant, (acl) => aclText(acl, kafkajs)),
    ...section(`收回权限 ${revoke.length} 条`, revoke, (acl) => `${aclText(acl, kafkajs)}  （${reasonOf(acl, plan)}）`),
    ...(isEmptyPlan(plan) ? ['', '无须改动：主题、设置和权限与节点名册一致。'] : []),
    ...section('请人工查看', notes, (note) => noteText(note, kafkajs)),
  ];
  return `${lines.join('\n')}\n`;
}

function section<T>(title: string, items: readonly T[], text: (item: T) => string): string[] {
  return items.length === 0 ? [] : ['', title, ...items.map((item) => `  ${text(item)}`)];
}

function created({ topic, origin, view, settings }: WantedTopic, { registry: { nodes } }: TopicPlan): string {
  const nameOf = (adcode: string) => nodes.find((node) => node.adcode === adcode)?.nameZh ?? adcode;
  const readers = nodes.filter((node) => readsFeed(node, origin, view)).map(({ nameZh }) => nameZh);
  const days = Math.round(Number(settings['retention.ms']) / 86_400_000);
  return `${topic}  保留 ${days} 天；${nameOf(origin)}写，${readers.join('、')}读`;
}

function aclText(acl: Acl, { AclOperationTypes, AclResourceTypes, ResourcePatternTypes }: KafkaModule): string {
  const verbs: Partial<Record<number, string>> = { [AclOperationTypes.READ]: '读', [AclOperationTypes.WRITE]: '写' };
  const kinds: Partial<Record<number, string>> = { [AclResourceTypes.TOPIC]: '主题', [AclResourceTypes.GROUP]: '消费组' };
  const verb = verbs[acl.operation] ?? AclOperationTypes[acl.operation] ?? `操作 ${acl.operation}`;
  const name = acl.resourcePatternType === ResourcePatternTypes.PREFIXED ? `${acl.resourceName}*` : acl.resourceName;
  return `${acl.principal} ${verb}${kinds[acl.resourceType] ?? `资源 ${acl.resourceType} `} ${name}`;
}

function reasonOf(acl: Acl, { registry: { nodes } }: TopicPlan): string {
  const isNode = nodes.some(({ adcode }) => acl.principal === `User:${principalOf(adcode)}`);
  if (isNode) return '节点名册没有给这个节点这项权限';
  return /^User:xiangjing-\d{6}$/.test(acl.principal) ? '该节点已不在节点名册中' : '不是节点名册中的节点';
}

function noteText(note: PlanNote, kafkajs: KafkaModule): string {
  switch (note.is) {
    case 'brokers':
      return `要 ${note.wanted} 个副本，只有 ${note.held} 台代理：${REPLICATION_REMEDY}`;
    case 'left-over':
      return `${note.topic}  节点名册已没有这条通道；数据到期自行清除，也可用 kafka-topics.sh 删除`;
    case 'partitions':
      return `${note.topic}  有 ${note.held} 个分区，应为 1 个：次序只在一个分区内成立，请停用后重建`;
    case 'replicas':
      return `${note.topic}  有 ${note.held} 个副本，应为 ${note.wanted} 个：用 kafka-reassign-partitions.sh 调整`;
    case 'wide':
      return `${aclText(note.acl, kafkajs)}  这条通用规则也覆盖本平台的主题，请确认是否应当保留`;
  }
}
