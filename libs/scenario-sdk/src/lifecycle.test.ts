import { describe, expect, it } from 'vitest';
import { Stage } from './kinds.ts';
import { LifecycleVerb } from './lifecycle-verb.ts';
import { LIFECYCLE, move, verbsFrom, verbsOf, type MovingRecord } from './lifecycle.ts';
import { KIND_ZH, ROLE_ZH, STAGE_ZH, VERB_ZH } from './texts.ts';

/** The rows as the process prescribes them, a second time: stage → verb → stage reached. */
const LIVE = (stage: Stage) => ({ amend: stage, suspend: stage, withdraw: 'withdrawn', retire: 'retired' });
const EXPECTED: Record<Stage, Partial<Record<LifecycleVerb, string>>> = {
  draft: { edit: 'draft', discard: 'gone', submit: 'solicited' },
  returned: { edit: 'returned', submit: 'solicited', withdraw: 'withdrawn' },
  solicited: { recall: 'draft', return: 'returned', select: 'selected', withdraw: 'withdrawn' },
  selected: { return: 'returned', publish: 'published', withdraw: 'withdrawn' },
  published: LIVE('published'),
  docked: LIVE('docked'),
  landed: LIVE('landed'),
  promoted: LIVE('promoted'),
  withdrawn: { reopen: 'draft' },
  retired: { reopen: 'draft' },
};

const record = (stage: Stage, more: Partial<MovingRecord> = {}): MovingRecord => ({
  kind: 'opportunity',
  stage,
  suspended: false,
  everSubmitted: false,
  ...more,
});
const cells = Stage.options.flatMap((stage) => LifecycleVerb.options.map((verb) => ({ stage, verb })));

describe('move', () => {
  it.each(cells)('$verb from $stage', ({ stage, verb }) => {
    const to = EXPECTED[stage][verb];
    const refused = { ok: false, code: 'STAGE_CONFLICT', verbs: Object.keys(EXPECTED[stage]).sort(byOrder) };
    const moved = { ok: true, to: to === 'gone' ? stage : to, gone: to === 'gone' };
    expect(move(record(stage), verb)).toMatchObject(to === undefined ? refused : moved);
  });

  it('keeps a draft that was submitted once from being discarded', () => {
    expect(move(record('draft', { everSubmitted: true }), 'discard').ok).toBe(false);
    expect(verbsOf(record('draft', { everSubmitted: true }))).not.toContain('discard');
  });

  it('resumes only what is suspended, and suspends only what is not', () => {
    const held = record('published', { suspended: true });
    expect(move(held, 'resume')).toEqual({ ok: true, to: 'published', gone: false });
    expect(move(held, 'suspend').ok).toBe(false);
    expect(move(record('published'), 'resume').ok).toBe(false);
    expect(move(held, 'withdraw').ok).toBe(true);
  });

  it('says in Chinese where the record stands and what may be done', () => {
    const result = move(record('selected'), 'submit');
    expect(result).toMatchObject({ message: '记录处于“遴选”，不能提交；可以：退回、发布、撤回。' });
  });
});

describe('LIFECYCLE', () => {
  it('holds the fourteen rows of this step and no other', () => {
    expect(Object.keys(LIFECYCLE).sort()).toEqual([...LifecycleVerb.options].sort());
    expect(LifecycleVerb.options).toHaveLength(14);
  });
  it('lets each role do what the process says', () => {
    const by = (role: string) => LifecycleVerb.options.filter((verb) => (LIFECYCLE[verb].roles as readonly string[]).includes(role)).sort();
    expect(by('owner')).toEqual(['amend', 'create', 'discard', 'edit', 'recall', 'reopen', 'retire', 'submit', 'withdraw']);
    expect(by('checker')).toEqual(['return']);
    expect(by('lead')).toEqual(['resume', 'return', 'select', 'suspend']);
    expect(by('coordinator')).toEqual(['publish', 'withdraw']);
    expect(by('supervisor')).toEqual(['suspend']);
    expect([...by('steward'), ...by('analyst'), ...by('node-operator')]).toEqual([]);
  });
  it('asks for a reason where somebody is stopped', () => {
    const withReason = LifecycleVerb.options.filter((verb) => LIFECYCLE[verb].reason !== 'none').sort();
    expect(withReason).toEqual(['resume', 'return', 'suspend', 'withdraw']);
    expect(LIFECYCLE.return.reason).toBe('field');
  });
  it('only enters views by publish and resume', () => {
    expect(LifecycleVerb.options.filter((verb) => LIFECYCLE[verb].views === 'enter').sort()).toEqual(['publish', 'resume']);
  });
  it('has a Chinese word for every code', () => {
    const words = [...Object.values(STAGE_ZH), ...Object.values(VERB_ZH), ...Object.values(ROLE_ZH), ...Object.values(KIND_ZH)];
    expect(words.every((word) => /^[\u4e00-\u9fff]+$/.test(word))).toBe(true);
  });
  it('lists verbs of a stage in table order', () => expect(verbsFrom('draft')).toEqual(['submit', 'edit', 'discard']));
});

const byOrder = (a: string, b: string): number =>
  LifecycleVerb.options.indexOf(a as LifecycleVerb) - LifecycleVerb.options.indexOf(b as LifecycleVerb);
