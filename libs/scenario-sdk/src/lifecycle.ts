import type { Kind, Stage } from './kinds.ts';
import { LifecycleVerb } from './lifecycle-verb.ts';
import type { Role } from './roles.ts';
import { STAGE_ZH, VERB_ZH } from './texts.ts';

export interface Move {
  /** Stages it starts from; empty for `create`, which starts from nothing. */
  from: readonly Stage[];
  to: Stage | 'same' | 'gone';
  /** Who may ask for it, each within the scope of the grant. */
  roles: readonly Role[];
  /** The verb needs a reason with code and text; `field`: and the reason names a field. */
  reason: 'none' | 'text' | 'field';
  /** Only for a record that is (or is not) suspended, or that was never submitted. */
  only?: 'suspended' | 'not-suspended' | 'never-submitted';
  /** The record enters, stays in or leaves its views, or is in none before and after. `leave-but-up`: the province keeps it with the mark. */
  views: 'none' | 'enter' | 'stay' | 'leave' | 'leave-but-up';
}

const LIVE = ['published', 'docked', 'landed', 'promoted'] as const satisfies readonly Stage[];

/**
 * The whole machine: what is not a row is refused. Rows that wait for calls, review, trials or docking (`decline`, `uphold`,
 * `dock`, `land`, `promote`, `hand-over` …) are not held yet; conditions that need those services bind later moves only.
 */
export const LIFECYCLE = {
  create: { from: [], to: 'draft', roles: ['owner'], reason: 'none', views: 'none' },
  edit: { from: ['draft', 'returned'], to: 'same', roles: ['owner'], reason: 'none', views: 'none' },
  discard: { from: ['draft'], to: 'gone', roles: ['owner'], reason: 'none', only: 'never-submitted', views: 'none' },
  submit: { from: ['draft', 'returned'], to: 'solicited', roles: ['owner'], reason: 'none', views: 'none' },
  recall: { from: ['solicited'], to: 'draft', roles: ['owner'], reason: 'none', views: 'none' },
  return: { from: ['solicited', 'selected'], to: 'returned', roles: ['checker', 'lead'], reason: 'field', views: 'none' },
  select: { from: ['solicited'], to: 'selected', roles: ['lead'], reason: 'none', views: 'none' },
  publish: { from: ['selected'], to: 'published', roles: ['coordinator'], reason: 'none', views: 'enter' },
  amend: { from: LIVE, to: 'same', roles: ['owner'], reason: 'none', views: 'stay' },
  suspend: { from: LIVE, to: 'same', roles: ['lead', 'supervisor'], reason: 'text', only: 'not-suspended', views: 'leave-but-up' },
  resume: { from: LIVE, to: 'same', roles: ['lead'], reason: 'text', only: 'suspended', views: 'enter' },
  withdraw: {
    from: ['returned', 'solicited', 'selected', ...LIVE],
    to: 'withdrawn',
    roles: ['owner', 'coordinator'],
    reason: 'text',
    views: 'leave',
  },
  retire: { from: LIVE, to: 'retired', roles: ['owner'], reason: 'none', views: 'stay' },
  reopen: { from: ['withdrawn', 'retired'], to: 'draft', roles: ['owner'], reason: 'none', views: 'leave' },
} as const satisfies Record<LifecycleVerb, Move>;

const moveOf = (verb: LifecycleVerb): Move => LIFECYCLE[verb];

/** What the interpreter has to know of a record. `everSubmitted`: it left draft once, so it cannot be discarded. */
export interface MovingRecord {
  kind: Kind;
  stage: Stage;
  suspended: boolean;
  everSubmitted: boolean;
}

function isMove(record: MovingRecord, verb: LifecycleVerb): boolean {
  const { from, only } = moveOf(verb);
  if (!from.includes(record.stage)) return false;
  if (only === 'suspended') return record.suspended;
  if (only === 'not-suspended') return !record.suspended;
  return only !== 'never-submitted' || !record.everSubmitted;
}

/** The verbs that are moves for this record now, whoever asks. */
export const verbsOf = (record: MovingRecord): LifecycleVerb[] => LifecycleVerb.options.filter((verb) => isMove(record, verb));

/** The verbs that start from a stage, whatever else holds. */
export const verbsFrom = (stage: Stage): LifecycleVerb[] => LifecycleVerb.options.filter((verb) => moveOf(verb).from.includes(stage));

export type MoveResult =
  { ok: true; to: Stage; gone: boolean } | { ok: false; code: 'STAGE_CONFLICT'; verbs: LifecycleVerb[]; message: string };

/**
 * The one interpreter of {@link LIFECYCLE}.
 * @example move({ kind: 'opportunity', stage: 'selected', suspended: false, everSubmitted: true }, 'publish') // { ok: true, to: 'published', gone: false }
 */
export function move(record: MovingRecord, verb: LifecycleVerb): MoveResult {
  const { to } = moveOf(verb);
  if (isMove(record, verb)) return { ok: true, to: to === 'same' || to === 'gone' ? record.stage : to, gone: to === 'gone' };
  const verbs = verbsOf(record);
  const now = STAGE_ZH[record.stage] + (record.suspended ? '（已暂停）' : '');
  const can = verbs.length === 0 ? '没有可办理的操作' : `可以：${verbs.map((v) => VERB_ZH[v]).join('、')}`;
  return { ok: false, code: 'STAGE_CONFLICT', verbs, message: `记录处于“${now}”，不能${VERB_ZH[verb]}；${can}。` };
}
