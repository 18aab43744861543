import { applyTopics, isEmptyPlan, openRegistry, planTopics, topicPlanText } from '@xiangjing/federation';
import { createLogger } from '@xiangjing/platform';
import { DomainError, PROVINCE } from '@xiangjing/scenario-sdk';
import type { Pool } from 'pg';
import type { NodeConfig } from '../config.ts';
import { kafkaAdminConnection } from '../kafka-connection.ts';

const DAY_MS = 24 * 3600_000;

/** Topics and rights as the signed registry asks for them: shown, and with `apply` made. */
export async function topics(config: NodeConfig, pool: Pool, options: { apply: boolean; json: boolean }): Promise<void> {
  if (config.node.adcode !== PROVINCE)
    throw new DomainError('CONFIG_INVALID', `${config.node.adcode} 是市州节点`, { remedy: '主题和权限由省节点 430000 建立' });
  const connection = kafkaAdminConnection(config);
  const registry = (await openRegistry({ pool, dataDir: config.dataDir })).current();
  if (!registry)
    throw new DomainError('REGISTRY_INVALID', '还没有节点名册', { remedy: '先运行 xiangjing federation init --config <file>' });
  const { replication, retentionDays } = config.federation.kafka!;
  const log = createLogger({ level: 'error', bindings: { node: config.node.adcode } });
  const plan = await planTopics({ registry, connection, replication, retentionMs: retentionDays * DAY_MS, log });
  if (options.apply) await applyTopics(plan, { connection, log });
  if (options.json) {
    const { create, change, grant, revoke, notes } = plan;
    console.log(JSON.stringify({ applied: options.apply, create: create.map(({ topic }) => topic), change, grant, revoke, notes }));
    return;
  }
  process.stdout.write(topicPlanText(plan));
  if (isEmptyPlan(plan)) return;
  console.log(options.apply ? '\n已按计划执行' : '\n→ 执行：xiangjing federation topics --apply --config <file>');
}
