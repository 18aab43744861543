import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@xiangjing/authorization';
import { people, person, sampleUscc } from '../testing/people.ts';
import { draft, LABELS, opportunity, publishedRecord, reason } from '../testing/samples.ts';
import { createWorld, refused, type World } from '../testing/world.ts';
import { canonical } from './idempotency.ts';

let world: World;
beforeAll(async () => void (world = await createWorld()));
afterAll(() => world[Symbol.asyncDispose]());

const create = (key: string, title = '老旧管网漏损监测与预警', actor = people.owner) =>
  world
    .as(actor, { idempotencyKey: key })
    .catalogue.records.create({ kind: 'opportunity', core: opportunity({ title }), label: LABELS.open });
const count = async () => Number((await world.sql('select count(*) from record'))[0]!.count);

describe('Idempotency-Key', () => {
  it('gives the same answer to the same body, and nothing happens twice', async () => {
    const before = await count();
    const first = await create('k1');
    expect(await create('k1')).toEqual(first);
    expect(await count()).toBe(before + 1);
  });

  it('decides anew what a repeated call may see', async () => {
    const sealed = (caller: typeof people.owner) =>
      world
        .as(caller, { idempotencyKey: 'lost-clearance' })
        .catalogue.records.create({ kind: 'opportunity', core: opportunity({}), label: LABELS.top });
    await sealed(people.owner);
    const uncleared = { ...people.owner, clearance: { level: 'L1', pi: 'none', safety: 'ordinary' } } as typeof people.owner;
    expect(await refused(sealed(uncleared))).toMatchObject({ code: 'CLEARANCE' });
  });

  describe('of a step', () => {
    const uncleared = { ...people.owner, clearance: { level: 'L1', pi: 'none', safety: 'ordinary' } } as typeof people.owner;
    const left = person('owner', []); // the same account, without its organisation
    const as = (key: string, actor: Actor) => world.as(actor, { idempotencyKey: key }).catalogue.records;

    it('shows the record as the caller may see it now', async () => {
      const { id } = await draft(world, { label: LABELS.top });
      const submit = (actor: Actor) => as('step', actor).advance({ id, rev: 1, verb: 'submit' });
      const first = await submit(people.owner);
      expect(await submit(people.owner)).toEqual(first);
      expect(await submit(uncleared)).toMatchObject({ stage: 'solicited', shape: 'stub', title: '', attrs: {} });
      expect((await submit(uncleared)).core).not.toHaveProperty('title');
      expect(await refused(submit(left))).toMatchObject({ code: 'NOT_FOUND' });
      expect(await world.sql(`select from record_revision where record_id = $1 and verb = 'submit'`, [id])).toHaveLength(1);
    });

    it('keeps a read above L1 in the audit', async () => {
      const { id } = await draft(world, { label: LABELS.limited });
      for (const _time of [1, 2]) await as('audited', people.owner).advance({ id, rev: 1, verb: 'submit' });
      expect(await world.sql(`select from audit where action = 'record.view' and record_id = $1`, [id])).toHaveLength(1);
    });

    it.each(['withdraw', 'advance'] as const)(
      'tells by %s that a record is withdrawn, and who may not know of it now that it is gone',
      async (how) => {
        const { id, rev } = await publishedRecord(world);
        const step = { id, rev, reasons: [reason] };
        const withdraw = (actor: Actor) =>
          how === 'withdraw' ? as('w', actor).withdraw(step) : as('a', actor).advance({ ...step, verb: 'withdraw' });
        const first = await withdraw(people.owner);
        expect(first).toMatchObject({ stage: 'withdrawn', rev: rev + 1, shape: 'full' });
        expect(await withdraw(people.owner)).toEqual(first);
        expect(await refused(withdraw(left))).toMatchObject({ code: 'RECORD_GONE' });
      },
    );

    it('does not show again what has left the sight of the caller since', async () => {
      const { id } = await draft(world);
      const at = (actor: Actor) => world.as(actor).catalogue.records;
      await at(people.owner).advance({ id, rev: 1, verb: 'submit' });
      const back = () => as('back', people.lead).advance({ id, rev: 2, verb: 'return', reasons: [{ ...reason, fields: ['/core/title'] }] });
      expect(await back()).toEqual(await back());
      await at(people.owner).withdraw({ id, rev: 3, reasons: [reason] });
      await at(people.owner).advance({ id, rev: 4, verb: 'reopen' });
      expect(await refused(back())).toMatchObject({ code: 'NOT_FOUND' });
    });

    it('tells again that a draft is discarded, and nothing of what it held', async () => {
      const { id, title } = await draft(world);
      const discard = () => as('gone', people.owner).advance({ id, rev: 1, verb: 'discard' });
      expect((await discard()).title).toBe(title);
      expect(await discard()).toMatchObject({ id, shape: 'stub', title: '', core: {}, attrs: {}, verbs: [] });
    });
  });

  it('refuses the key with another body', async () => {
    await create('k2');
    const before = await count();
    expect(await refused(create('k2', '另一个完全不同的名称'))).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT', status: 409 });
    expect(await count()).toBe(before);
  });

  it('makes one record of many calls at once', async () => {
    const before = await count();
    const answers = await Promise.all(Array.from({ length: 6 }, () => create('race')));
    expect(new Set(answers.map((record) => record.id)).size).toBe(1);
    expect(await count()).toBe(before + 1);
    expect(await world.sql(`select from audit where action = 'record.create' and record_id = $1`, [answers[0]!.id])).toHaveLength(1);
  });

  it('keeps keys of different callers and procedures apart', async () => {
    await create('shared');
    const other = world.as(people.coordinator, { idempotencyKey: 'shared' }).catalogue.organisations;
    const made = await other.create({ uscc: sampleUscc('11', 77), name: '示例单位七十七', type: 'agency', region: '430100' });
    expect(made.name).toBe('示例单位七十七');
  });

  it.each(['', 'k'.repeat(201)])('refuses a key of a length that no table keeps (%#)', async (key) => {
    const before = await count();
    expect(await refused(create(key))).toMatchObject({ code: 'INPUT_INVALID', status: 422 });
    expect(await count()).toBe(before);
  });

  it('frees the key of a call that was refused', async () => {
    await refused(create('k3', '短'));
    expect((await create('k3')).stage).toBe('draft');
  });
});

it('writes one text per value', () => {
  expect(canonical({ b: 1, a: [{ d: undefined, c: null }] })).toBe('{"a":[{"c":null}],"b":1}');
});
