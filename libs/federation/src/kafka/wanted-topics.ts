import type { RegistryDocument, RegistryNode } from '../registry/registry.ts';
import { ownViews } from '../views.ts';
import { principalOf, topicOf } from './kafka-connection.ts';

export interface Replication {
  factor: number;
  minInSync: number;
}
/** Settings a topic must have; anything else is the operator's. */
export type TopicSettings = Record<string, string>;

export interface WantedTopic {
  topic: string;
  origin: string;
  view: string;
  settings: TopicSettings;
}
export interface Grant {
  principal: string;
  resource: 'topic' | 'group';
  name: string;
  isPrefix: boolean;
  operation: 'READ' | 'WRITE';
}

/** A page of events goes as one batch: 1 MiB of bytes and their signatures, so that an event of 256 KiB fits with room. */
const MAX_BATCH_BYTES = 2 * 1024 * 1024;

export const settingsOf = ({ minInSync }: Replication, retentionMs: number): TopicSettings => ({
  'cleanup.policy': 'delete',
  'retention.ms': String(retentionMs),
  'min.insync.replicas': String(minInSync),
  'compression.type': 'producer',
  'max.message.bytes': String(MAX_BATCH_BYTES),
  'message.timestamp.type': 'CreateTime',
});

/** Views that travel between the nodes of a registry. `public` has no reader yet and no topic. */
const travels = (view: string): boolean => view !== 'public';

/** A topic for each feed that somebody else in the registry may read. */
export function wantedTopics({ nodes }: RegistryDocument, settings: TopicSettings): WantedTopic[] {
  return nodes.flatMap(({ adcode: origin }) =>
    ownViews(origin)
      .filter((view) => travels(view) && nodes.some((node) => readsFeed(node, origin, view)))
      .map((view) => ({ topic: topicOf(origin, view), origin, view, settings })),
  );
}

export const readsFeed = (node: RegistryNode, origin: string, view: string): boolean =>
  node.adcode !== origin && node.views.some((held) => held === view);

/** Who may do what: an origin writes its topics, the audience reads, each node with groups of its own name. Nobody else, nothing else. */
export function wantedGrants({ nodes }: RegistryDocument, topics: readonly WantedTopic[]): Grant[] {
  const user = (adcode: string) => `User:${principalOf(adcode)}`;
  const onTopics = topics.flatMap(({ topic, origin, view }): Grant[] => {
    const on = { resource: 'topic' as const, name: topic, isPrefix: false };
    const readers = nodes.filter((node) => readsFeed(node, origin, view));
    return [
      { principal: user(origin), ...on, operation: 'WRITE' },
      ...readers.map((node): Grant => ({ principal: user(node.adcode), ...on, operation: 'READ' })),
    ];
  });
  const onGroups = nodes.map(({ adcode }): Grant => ({
    principal: user(adcode),
    resource: 'group',
    name: groupPrefixOf(adcode),
    isPrefix: true,
    operation: 'READ',
  }));
  return [...onTopics, ...onGroups];
}

/** Group ids of a node begin with this; a new one with every client. */
export const groupPrefixOf = (adcode: string): string => `xiangjing.${adcode}.`;
