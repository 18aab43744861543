import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anonymous, people } from '../testing/people.ts';
import { receive } from '../testing/replicas.ts';
import { draft, LABELS, publishedRecord } from '../testing/samples.ts';
import { createWorld, refused, type World } from '../testing/world.ts';

let world: World;
let open: string;
let business: string;
beforeAll(async () => {
  world = await createWorld();
  open = (await publishedRecord(world)).id;
  business = (await publishedRecord(world, { label: LABELS.business, core: { title: '分级为二的记录' } })).id;
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(() => world.sql('grant insert on audit to xiangjing_app'));

const rows = () =>
  world.sql<{ action: string; detail: Record<string, unknown> }>(
    'select action, effect, subject, label, obligations, detail from audit order by ord',
  );
const breakAudit = async () => {
  await world.sql(
    `create or replace function test_crash() returns trigger language plpgsql as $$ begin raise exception 'audit store down'; end $$`,
  );
  await world.sql(`create trigger test_crash before insert on audit for each row execute function test_crash()`);
  return { [Symbol.asyncDispose]: async () => void (await world.sql('drop trigger test_crash on audit')) };
};

describe('a read', () => {
  it('above L1 has its audit row, one at L1 has none', async () => {
    const before = (await rows()).length;
    await world.as(anonymous).catalogue.records.get({ id: open });
    expect((await rows()).length).toBe(before);
    await world.as(anonymous).catalogue.records.get({ id: business });
    await world.as(people.lead).catalogue.records.get({ id: open }); // the whole has a contact: above L1
    await world.as(people.lead).catalogue.records.history({ id: open });
    expect((await rows()).slice(before)).toMatchObject([
      { action: 'record.view', effect: 'allow', subject: 'PUB', label: 'L2/-/-/U/oC', detail: { part: 'projection' } },
      { action: 'record.view', effect: 'allow', subject: 'CST', obligations: ['log', 'mask'], detail: { part: 'body' } },
      { action: 'record.history', effect: 'allow', subject: 'CST' },
    ]);
  });

  it('of a list has one row that counts what is above L1', async () => {
    const before = (await rows()).length;
    await world.as(anonymous).catalogue.records.list({});
    expect((await rows()).slice(before)).toMatchObject([{ action: 'record.search', detail: { rows: 2, aboveL1: 1, channel: 'trpc' } }]);
  });

  it('above L1 gives nothing while the audit cannot be kept; L1 goes on', async () => {
    const replica = await receive(world, { view: 'peer', label: LABELS.business });
    await using _down = await breakAudit();
    const read = world.as(people.lead).catalogue.records;
    expect(await refused(read.get({ id: business }))).toMatchObject({ code: 'AUDIT_UNAVAILABLE', status: 503 });
    expect(await refused(read.get({ id: open }))).toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    expect(await refused(read.history({ id: open }))).toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    expect(await refused(read.get({ id: replica.id }))).toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    expect(await refused(world.as(anonymous).catalogue.records.list({}))).toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    expect((await world.as(anonymous).catalogue.records.get({ id: open })).title).not.toBe('');
    expect((await world.as(anonymous).catalogue.records.list({ q: open })).items).toHaveLength(1);
  });
});

describe('a write', () => {
  it('does not happen without its audit row', async () => {
    const record = await draft(world);
    const woken = world.woken();
    {
      await using _down = await breakAudit();
      expect(await refused(draft(world))).toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
      expect(
        await refused(world.as(people.owner).catalogue.records.edit({ id: record.id, rev: 1, core: { title: '写不进去的名称' } })),
      ).toMatchObject({
        code: 'AUDIT_UNAVAILABLE',
      });
    }
    const [row] = await world.sql(`select rev, (select count(*) from intent where record_id = $1) intents from record where id = $1`, [
      record.id,
    ]);
    expect(row).toEqual({ rev: '1', intents: '1' });
    expect(world.woken()).toBe(woken);
  });

  it('is refused whether or not the refusal can be kept', async () => {
    await using _down = await breakAudit();
    expect(await refused(world.as(people.stranger).catalogue.records.edit({ id: open, rev: 4, core: {} }))).toMatchObject({ code: 'ROLE' });
  });
});

it('never changes', async () => {
  await expect(world.db.audit.deleteMany({})).rejects.toThrow(/permission denied|denied/i);
  await expect(world.sql('delete from audit')).rejects.toThrow(/APPEND_ONLY/);
});
