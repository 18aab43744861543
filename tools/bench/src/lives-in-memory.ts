import type { TopicLives } from '@xiangjing/federation';

/** What a writer of topics keeps, for one that is never restarted. */
export function livesInMemory(): TopicLives {
  const held = new Map<string, NonNullable<Awaited<ReturnType<TopicLives['read']>>>>();
  return {
    read: async (view) => held.get(view) ?? null,
    save: async (view, life) => void held.set(view, life),
    fail: async () => {},
    noteReading: async () => {},
  };
}
