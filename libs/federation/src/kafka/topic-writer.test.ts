import { generateKeyPairSync } from 'node:crypto';
import { trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { memoryLives } from '../testing/kafka-bench.ts';
import { TestFeed } from '../testing/test-feed.ts';
import { signerOf } from '../registry/keys.ts';
import { createRecheck } from './recheck.ts';
import type { SupervisedProducer } from './supervised-producer.ts';
import { createTopicWriter } from './topic-writer.ts';

/** A writer whose topic is missing until `isThere`; `looks` are the seconds at which the brokers were asked for it. */
function bench() {
  const state = { nowMs: 0, isThere: false, looks: [] as number[] };
  const producer: SupervisedProducer = {
    generation: () => 0,
    async endOffset() {
      state.looks.push(state.nowMs / 1_000);
      if (!state.isThere) throw Object.assign(new Error('no such topic'), { type: 'UNKNOWN_TOPIC_OR_PARTITION' });
      return 0;
    },
    send: async () => 0,
    close: async () => {},
  };
  const signer = signerOf('430100', generateKeyPairSync('ed25519').privateKey);
  const write = createTopicWriter({
    adcode: '430100',
    view: 'up',
    producer,
    lives: memoryLives(),
    signer,
    release: 'test',
    clock: { now: () => new Date() },
    tracer: trace.getTracer('test'),
    recheck: createRecheck({ longestMs: 30_000, random: () => 1 }),
    nowMs: () => state.nowMs,
    onMissing: () => {},
  });
  const page = new TestFeed(signer, 'up').grow(1).page(0);
  const until = async (seconds: number) => {
    for (; state.nowMs < seconds * 1_000; state.nowMs += 500) await write(page).catch(() => {});
  };
  return { state, write: () => write(page), until };
}

test('a topic that is missing at the start is looked for after 1, 2, 4 … s, at most every 30, and written as soon as it is found', async () => {
  const { state, write, until } = bench();
  await until(100);
  expect(state.looks).toEqual([0, 1, 3, 7, 15, 31, 61, 91]);
  await expect(write()).rejects.toMatchObject({ code: 'TOPIC_MISSING' });
  state.isThere = true;
  await until(122);
  expect(await write()).toMatchObject({ cursor: { seq: 1 } });
});
