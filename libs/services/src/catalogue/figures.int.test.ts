import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous, people } from '../testing/people.ts';
import { draft, publishedRecord, reason } from '../testing/samples.ts';
import { createWorld, type World } from '../testing/world.ts';
import { retireExpired } from './retire-expired.ts';
import { VocabularyView } from './schemas.ts';

let world: World;
beforeAll(async () => void (world = await createWorld()));
afterAll(() => world[Symbol.asyncDispose]());

const t5 = async () => (await world.as(anonymous).catalogue.targets())[0]!;

describe('T5 small-incision-published', () => {
  it('counts opportunity roots of the kind by their first publication', async () => {
    expect(await t5()).toMatchObject({ id: 'T5', year: 2026, minimum: 100, count: 0, sealed: 0 });
    const counted = await publishedRecord(world);
    await publishedRecord(world, { core: { scenarioKind: 'major-comprehensive' } });
    await draft(world);
    expect((await t5()).count).toBe(1);
    const { records } = world.as(people.owner).catalogue;
    const withdrawn = await records.withdraw({ id: counted.id, rev: counted.rev, reasons: [reason] });
    let again = await records.advance({ id: counted.id, rev: withdrawn.rev, verb: 'reopen' });
    for (const [verb, actor] of [
      ['submit', people.owner],
      ['select', people.lead],
      ['publish', people.coordinator],
    ] as const)
      again = await world.as(actor).catalogue.records.advance({ id: again.id, rev: again.rev, verb });
    expect(again).toMatchObject({ stage: 'published', firstPublishedOn: '2026-11-24' });
    expect((await t5()).count).toBe(1); // published twice, one fact
    expect(await world.sql('select from fact where root_id = $1', [counted.id])).toHaveLength(1);
  });

  it('adds other nodes’ facts once per root, and shows sealed ones beside', async () => {
    const fact = (root: string, sealed: boolean, day: string) =>
      world.sql(
        `insert into replica_fact values (gen_random_uuid()::text, '430200', 'scenario.published', $1, $2, $3, $4, '{healthcare}', '430202')`,
        [root, sealed, day, sealed ? null : 'small-incision'],
      );
    const root = 'urn:xiangjing:430200:opportunity:01937c2e-5a10-7b44-9d1e-3f60a2c8e015';
    await fact(root, false, '2026-05-01');
    await fact(root, false, '2026-06-01');
    await fact('urn:xiangjing:430200:demonstration:01937c2e-5a10-7b44-9d1e-3f60a2c8e015', false, '2026-06-01');
    await fact('', true, '2026-06-01');
    await fact('urn:xiangjing:430200:opportunity:01937c2e-5a10-7b44-9d1e-3f60a2c8e016', false, '2025-12-31');
    expect(await t5()).toMatchObject({ count: 2, sealed: 1 });
  });

  it('goes by the year in Hunan', async () => {
    world.clock.set('2027-01-01T00:30:00+08:00');
    const record = await publishedRecord(world);
    expect(record.firstPublishedOn).toBe('2027-01-01');
    expect(await t5()).toMatchObject({ year: 2027, count: 1 });
    world.clock.set('2026-11-24T09:00:00+08:00');
  });

  it('does not count again what a label keeps or a fault repeats: facts never change', async () => {
    await expect(world.sql(`update fact set type = 'x'`)).rejects.toThrow(/APPEND_ONLY/);
  });
});

describe('retireExpired', () => {
  it('retires what is past its date, once, and nothing else', async () => {
    const over = await publishedRecord(world, { core: { validUntil: '2026-12-01' } });
    const runs = await publishedRecord(world, { core: { validUntil: '2026-12-02' } });
    const job = world.context({ type: 'job', name: 'valid-until' });
    expect(await retireExpired(job)).toBe(0);
    world.clock.set('2026-12-01T23:59:00+08:00');
    expect(await retireExpired(job)).toBe(0);
    world.clock.set('2026-12-02T00:01:00+08:00');
    const both = await Promise.all([retireExpired(job), retireExpired(job)].map((run) => run.catch(() => 0)));
    expect(both.reduce((a, b) => a + b)).toBe(1);
    expect(await world.as(people.owner).catalogue.records.get({ id: over.id })).toMatchObject({ stage: 'retired', rev: 5 });
    expect(await world.as(people.owner).catalogue.records.get({ id: runs.id })).toMatchObject({ stage: 'published', rev: 4 });
    const [step] = (await world.as(people.owner).catalogue.records.history({ id: over.id })).items;
    expect(step).toMatchObject({ verb: 'retire', byRole: 'system', reasons: [{ code: 'expired' }] });
    expect((await world.as(anonymous).catalogue.records.get({ id: over.id })).stage).toBe('retired'); // stays in its views
  });
});

describe('a record that cannot be retired', () => {
  it('holds up no other', async () => {
    const stuck = await publishedRecord(world, { core: { validUntil: '2027-03-02' } });
    const over = await publishedRecord(world, { core: { validUntil: '2027-03-01' } });
    await world.sql(`create function stand_still() returns trigger language plpgsql as $$ begin raise exception 'stuck'; end $$`);
    await world.sql(
      `create trigger stuck before update on record for each row when (old.id = '${stuck.id}') execute function stand_still()`,
    );
    world.clock.set('2027-03-03T09:00:00+08:00');
    await retireExpired(world.context({ type: 'job', name: 'valid-until' }));
    await world.sql('drop trigger stuck on record');
    const { records } = world.as(people.owner).catalogue;
    expect(await records.get({ id: over.id })).toMatchObject({ stage: 'retired' });
    expect(await records.get({ id: stuck.id })).toMatchObject({ stage: 'published' });
  });
});

describe('vocabulary', () => {
  it('has the plan’s 14 domains and 118 types, the fields of each kind, and what plug-ins add', async () => {
    const words = await world.as(anonymous).catalogue.vocabulary();
    expect(() => VocabularyView.parse(words)).not.toThrow();
    expect(words.domains).toHaveLength(14);
    expect(words.domains.flatMap((domain) => domain.terms)).toHaveLength(118);
    const flight = words.domains.find((domain) => domain.code === 'low-altitude-economy')!;
    expect(flight.plugin).toMatchObject({
      schema: 1,
      labels: { routes: { level: 'L3', safety: 'ps' } },
      texts: { windLevel: { zh: '抗风等级' } },
    });
    expect(words.domains.find((domain) => domain.code === 'healthcare')!.plugin).toBeNull();
    const fields = words.kinds.opportunity.fields;
    expect(fields.find((field) => field.path === 'core.title')).toMatchObject({
      need: 'submit',
      schema: { type: 'string', maxLength: 60 },
    });
    expect(fields.map((field) => field.path)).not.toContain('core.ownerName');
    expect(words.regions.find((region) => region.adcode === '430182')).toMatchObject({ nameZh: '宁乡市', parent: '430100' });
  });
});
