import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../testing/people.ts';
import { draft, publishedRecord } from '../testing/samples.ts';
import { createWorld, refused, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => void (world = await createWorld()));
afterAll(() => world[Symbol.asyncDispose]());

describe('publish', () => {
  it('goes from draft to published with its fact', async () => {
    const record = await publishedRecord(world);
    expect(record).toMatchObject({ stage: 'published', rev: 4, firstPublishedOn: '2026-11-24' });
    const facts = await world.sql('select * from fact where root_id = $1', [record.id]);
    expect(facts).toHaveLength(1);
    console.log(JSON.stringify(await world.as({ type: 'anonymous' }).catalogue.records.get({ id: record.id }), null, 1));
    console.log(JSON.stringify(await world.as({ type: 'anonymous' }).catalogue.records.list({}), null, 1));
    console.log(JSON.stringify(await world.as(people.owner).catalogue.records.history({ id: record.id }), null, 1).slice(0, 500));
    console.log(JSON.stringify(await world.as(people.owner).operations.federation.status(), null, 1).slice(0, 1500));
    console.log(await refused(world.as(people.owner).catalogue.records.advance({ id: record.id, rev: 4, verb: 'submit' })));
  });
});
