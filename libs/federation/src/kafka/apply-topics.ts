import { creationFault } from './creation-fault.ts';
import { loadKafkajs } from './client.ts';
import { filterOf } from './acls.ts';
import { withAdmin, type PlanTopicsOptions, type TopicPlan } from './plan-topics.ts';

/** Makes the brokers what the plan says; planned again afterwards, nothing is left. Rights go before topics are filled: revoke first. */
export function applyTopics(plan: TopicPlan, options: Pick<PlanTopicsOptions, 'connection' | 'log'>): Promise<void> {
  return withAdmin(options, async (admin) => {
    if (plan.revoke.length > 0) await admin.deleteAcls({ filters: plan.revoke.map(filterOf) });
    if (plan.create.length > 0)
      await admin
        .createTopics({
          waitForLeaders: true,
          topics: plan.create.map(({ topic, settings }) => ({
            topic,
            numPartitions: 1,
            replicationFactor: plan.replication.factor,
            configEntries: Object.entries(settings).map(([name, value]) => ({ name, value })),
          })),
        })
        .catch((error: unknown) => {
          throw creationFault(error, plan.replication, plan.brokers);
        });
    const changed = Object.entries(plan.settings);
    if (changed.length > 0) {
      const { ConfigResourceTypes } = loadKafkajs();
      await admin.alterConfigs({
        validateOnly: false,
        resources: changed.map(([name, settings]) => ({
          type: ConfigResourceTypes.TOPIC,
          name,
          configEntries: Object.entries(settings).map(([key, value]) => ({ name: key, value })),
        })),
      });
    }
    if (plan.grant.length > 0) await admin.createAcls({ acl: plan.grant });
  });
}
