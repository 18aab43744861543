import { createLogger } from '@xiangjing/platform';
import { expect, test } from 'vitest';
import { createReadingNote } from './reading-note.ts';

const fault = { code: 'BROKER_UNAVAILABLE', message: 'nobody answers', remedy: 'look' };
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('how topics are read is kept once per change, the first word of a new process too; what could not be kept is tried again', async () => {
  const kept: unknown[] = [];
  let isAway = false;
  const lives = {
    async noteReading(told: object | null) {
      if (isAway) throw new Error('the database is away');
      kept.push(told);
    },
  };
  const note = createReadingNote(lives, createLogger({ level: 'silent' }));
  for (const told of [null, null, fault, fault]) {
    note(told);
    await settled();
  }
  expect(kept).toEqual([null, fault]);
  isAway = true;
  note(null);
  await settled();
  isAway = false;
  note(null);
  await settled();
  expect(kept).toEqual([null, fault, null]);
});
