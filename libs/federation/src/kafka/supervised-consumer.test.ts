import { getEventListeners } from 'node:events';
import { createLogger } from '@xiangjing/platform';
import { expect, test } from 'vitest';
import { superviseConsumer } from './supervised-consumer.ts';
import type { TopicReader } from './topic-reader.ts';

test('client builds that end leave nothing behind on the signal', async () => {
  const stopping = new AbortController();
  let builds = 0;
  const consumer = () => ({
    events: {},
    on: () => {},
    connect: async () => {},
    disconnect: async () => {},
    subscribe: async () => {},
    run: async () => {
      if ((builds += 1) === 4) stopping.abort();
      throw new Error('the coordinator is away');
    },
  });
  const listeners: number[] = [];
  await superviseConsumer(
    {
      kafka: () => ({ consumer }) as never,
      log: createLogger({ level: 'silent' }),
      random: () => 0,
      onRestart: () => listeners.push(getEventListeners(stopping.signal, 'abort').length),
      groupPrefix: 'xiangjing.430200.',
      prepare: async () => ({ readers: new Map([['xiangjing.430100.peer', {} as TopicReader]]), recheckMs: () => 1_000 }),
      hasChanged: async () => false,
      onProgress: () => {},
      onFault: () => {},
    },
    stopping.signal,
  );
  expect(builds).toBe(4);
  expect(listeners).toEqual([0, 0, 0]);
});
