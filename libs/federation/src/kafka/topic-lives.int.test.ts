import { createPool } from '@xiangjing/db';
import { testDatabase } from '@xiangjing/db/testing';
import { DomainError } from '@xiangjing/scenario-sdk';
import { expect, test } from 'vitest';
import { genesis } from '../core/feed.ts';
import { readTroubles } from '../watching/troubles.ts';
import { createTopicLives } from './topic-lives.ts';

const ADCODE = '430100';

test('a life is kept with a digest from the feed; a failure is noted beside it and gone with the next success', async () => {
  const database = await testDatabase(ADCODE);
  const [owner, pool] = [database.super, database.publisher].map((url) => createPool(url, { max: 2 }));
  const lives = createTopicLives({ pool: pool!, adcode: ADCODE });
  const noted = async () =>
    (await pool!.query('select error_code, error_text, acked_at from log_cursor where view = $1', ['up'])).rows[0] as object;
  const unread = async () => (await readTroubles(owner!)).unlogged;
  const life = { incarnation: 'incarnation-1', epoch: 1, seq: 0, offset: -1, digest: genesis(ADCODE, 'up').digest };
  try {
    expect(await lives.read('up')).toBeNull();
    await lives.fail('up', new DomainError('TOPIC_MISSING', 'no topic', { remedy: 'make it' }));
    expect(await lives.read('up')).toBeNull();
    expect(await noted()).toEqual({ error_code: 'TOPIC_MISSING', error_text: 'no topic; make it', acked_at: null });

    await lives.save('up', life);
    expect(await lives.read('up')).toEqual(life);
    expect(await noted()).toMatchObject({ error_code: null, error_text: null, acked_at: expect.any(Date) as Date });

    await lives.noteReading(null);
    expect(await unread()).toEqual([]);
    await lives.noteReading({ code: 'BROKER_UNAVAILABLE', message: 'no right', remedy: 'ask for it' });
    expect(await unread()).toEqual([
      { view: '', code: 'BROKER_UNAVAILABLE', text: 'reading the topics: no right; ask for it', at: expect.any(Date) as Date },
    ]);
    await lives.noteReading(null);
    expect(await unread()).toEqual([]);

    await lives.save('up', { ...life, seq: 1, offset: 0 });
    await expect(lives.read('up')).rejects.toMatchObject({ code: 'EQUIVOCATION' });
    await owner!.query(
      `insert into feed (view, epoch, seq, record_id, rev, type, bytes, digest, prev_digest, signature) values ('up', 1, 1, 'r', 1, 't', '', $1, '', '')`,
      ['d1'],
    );
    expect(await lives.read('up')).toEqual({ ...life, seq: 1, offset: 0, digest: 'd1' });
  } finally {
    await Promise.all([owner!.end(), pool!.end()]);
    await database.drop();
  }
});
