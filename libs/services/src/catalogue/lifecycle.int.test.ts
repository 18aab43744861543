import type { LifecycleVerb, Stage } from '@xiangjing/scenario-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { people, type PersonName } from '../testing/people.ts';
import { draft, reason } from '../testing/samples.ts';
import { createWorld, refused, type World } from '../testing/world.ts';
import type { RecordView } from './schemas.ts';

let world: World;
beforeAll(async () => void (world = await createWorld()));
afterAll(() => world[Symbol.asyncDispose]());

type Step = Exclude<LifecycleVerb, 'create' | 'edit' | 'amend'> | 'patch';
interface Row {
  from: readonly Stage[];
  to: Stage | 'same' | 'gone';
  who: readonly PersonName[];
}
const LIVE = ['published', 'docked', 'landed', 'promoted'] as const;
const STAGES: readonly Stage[] = ['draft', 'returned', 'solicited', 'selected', ...LIVE, 'withdrawn', 'retired'];

/** The table of the process guide, written down a second time: the code's own table is not asked. `patch` is edit and amend. */
const TABLE: Record<Step, Row> = {
  patch: { from: ['draft', 'returned', ...LIVE], to: 'same', who: ['owner'] },
  discard: { from: ['draft'], to: 'gone', who: ['owner'] },
  submit: { from: ['draft', 'returned'], to: 'solicited', who: ['owner'] },
  recall: { from: ['solicited'], to: 'draft', who: ['owner'] },
  return: { from: ['solicited', 'selected'], to: 'returned', who: ['checker', 'lead'] },
  select: { from: ['solicited'], to: 'selected', who: ['lead'] },
  publish: { from: ['selected'], to: 'published', who: ['coordinator', 'county'] },
  suspend: { from: LIVE, to: 'same', who: ['lead', 'supervisor'] },
  resume: { from: LIVE, to: 'same', who: ['lead'] },
  withdraw: { from: ['returned', 'solicited', 'selected', ...LIVE], to: 'withdrawn', who: ['owner', 'coordinator', 'county'] },
  retire: { from: LIVE, to: 'retired', who: ['owner'] },
  reopen: { from: ['withdrawn', 'retired'], to: 'draft', who: ['owner'] },
};
const steps = Object.entries(TABLE) as [Step, Row][];

/** Puts a record into a stage that no verb of this release reaches, or reaches only by a long way. */
async function recordAt(stage: Stage, step: Step): Promise<RecordView> {
  const made = await draft(world);
  const suspended = step === 'resume' && (LIVE as readonly Stage[]).includes(stage);
  await world.sql('update record set stage = $2, suspended = $3 where id = $1', [made.id, stage, suspended]);
  return made;
}

function take(record: RecordView, step: Step, who: PersonName): Promise<RecordView> {
  const { records } = world.as(people[who]).catalogue;
  const at = { id: record.id, rev: record.rev };
  if (step === 'patch') return records.edit({ ...at, core: { summary: '改写后的简介，说明同一件事。' } });
  return records.advance({ ...at, verb: step, reasons: [{ ...reason, fields: ['/core/summary'] }] });
}

const rowOf = async (id: string) =>
  (await world.sql<{ stage: Stage; rev: string; suspended: boolean }>('select stage, rev, suspended from record where id = $1', [id]))[0];

describe('each verb from each stage', () => {
  it.each(STAGES)('from %s', async (stage) => {
    for (const [step, row] of steps) {
      const record = await recordAt(stage, step);
      const allowed = row.from.includes(stage);
      const before = await rowOf(record.id);
      if (!allowed) {
        const problem = await refused(take(record, step, row.who[0]!));
        const hidden = stage === 'draft' && row.who[0] !== 'owner'; // a draft is its owner's: for the others there is none
        const expected = hidden ? { code: 'NOT_FOUND' } : { code: 'STAGE_CONFLICT', status: 409, details: { stage } };
        expect(problem, `${step} from ${stage}`).toMatchObject(expected);
        expect(await rowOf(record.id)).toEqual(before);
        continue;
      }
      const after = await take(record, step, row.who[0]!);
      const present = await rowOf(record.id);
      if (row.to === 'gone') expect(present).toBeUndefined();
      else {
        expect(present, `${step} from ${stage}`).toMatchObject({ stage: row.to === 'same' ? stage : row.to, rev: '2' });
        expect(after).toMatchObject({ rev: 2, stage: present!.stage });
      }
    }
  });
});

describe('each verb by each person', () => {
  it.each(steps)('%s', async (step, row) => {
    const stage = row.from[0]!;
    for (const who of Object.keys(people) as PersonName[]) {
      const record = await recordAt(stage, step);
      const before = await rowOf(record.id);
      if (row.who.includes(who)) {
        await take(record, step, who);
        continue;
      }
      const problem = await refused(take(record, step, who));
      expect(['ROLE', 'NOT_FOUND'], `${step} by ${who} answered ${problem.code}`).toContain(problem.code);
      expect(await rowOf(record.id)).toEqual(before);
      const [denial] = await world.sql('select effect, reason from audit where record_id = $1 order by ord desc limit 1', [record.id]);
      expect(denial).toMatchObject({ effect: 'deny', reason: 'ROLE' });
    }
  });

  it('names the verbs that the caller has instead', async () => {
    const record = await recordAt('solicited', 'select');
    expect(await refused(take(record, 'select', 'checker'))).toMatchObject({
      code: 'ROLE',
      status: 403,
      details: { stage: 'solicited', verbs: ['return'] },
    });
    expect(await refused(take(record, 'publish', 'coordinator'))).toMatchObject({
      code: 'STAGE_CONFLICT',
      details: { verbs: ['withdraw'] },
    });
  });

  it('lets a county coordinator act in its county only', async () => {
    const elsewhere = await draft(world, { core: { region: '430103' } });
    await world.sql(`update record set stage = 'selected' where id = $1`, [elsewhere.id]);
    expect(await refused(take(elsewhere, 'publish', 'county'))).toMatchObject({ code: 'NOT_FOUND' });
    await world.sql(`update record set stage = 'published' where id = $1`, [elsewhere.id]);
    expect(await refused(take(elsewhere, 'withdraw', 'county'))).toMatchObject({ code: 'ROLE', status: 403 });
  });

  it('has the coordinator act as lead where the plan names none', async () => {
    const cared = { domains: ['elderly-childcare'], scenarioTypes: ['elderly-childcare.01'] };
    const record = await draft(world, { core: cared });
    await world.sql(`update record set stage = 'solicited' where id = $1`, [record.id]);
    expect(await take(record, 'select', 'coordinator')).toMatchObject({ stage: 'selected' });
  });
});

describe('suspension', () => {
  it('is a mark that is set once and taken off once', async () => {
    const record = await recordAt('published', 'suspend');
    const suspended = await take(record, 'suspend', 'supervisor');
    expect(suspended).toMatchObject({ stage: 'published', suspended: true });
    expect(await refused(take(suspended, 'suspend', 'lead'))).toMatchObject({ code: 'STAGE_CONFLICT', details: { suspended: true } });
    const resumed = await take(suspended, 'resume', 'lead');
    expect(resumed).toMatchObject({ suspended: false });
    expect(await refused(take(resumed, 'resume', 'lead'))).toMatchObject({ code: 'STAGE_CONFLICT' });
  });
});

it('does not discard what was ever submitted', async () => {
  const made = await draft(world);
  const submitted = await take(made, 'submit', 'owner');
  const recalled = await take(submitted, 'recall', 'owner');
  expect(await refused(take(recalled, 'discard', 'owner'))).toMatchObject({ code: 'STAGE_CONFLICT' });
});
