import { AXES, AXIS_NAMES, join, labelText, PRESETS, type Label } from '@xiangjing/scenario-sdk';
import { expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { Decision, DecisionRequest } from './decision.ts';
import { AUDIENCES, mayLeave, rowOf } from './tier.ts';
import { ALL_LABELS, CALLERS, HOME, NOW, target } from './testing/index.ts';

const REQUESTS: (Partial<DecisionRequest> & { action: string })[] = [
  { action: 'record.view' },
  { action: 'record.view', part: 'summary' },
  { action: 'record.view', unmaskReason: '核对' },
  { action: 'record.search' },
  { action: 'record.edit' },
  { action: 'record.withdraw' },
  { action: 'record.advance', verb: 'submit' },
  { action: 'record.advance', verb: 'select' },
  { action: 'record.advance', verb: 'publish' },
  ...AUDIENCES.map((audience) => ({ action: 'record.replicate', audience })),
];
const STATES = [
  {},
  { suspended: true },
  { stage: 'draft', viewed: false },
  { stage: 'selected', viewed: false },
  { classified: false, stage: 'draft', viewed: false },
  { origin: '430200', region: '430202' },
] as const;
/** How the label under test stands to the record: it is both labels, or one field's while the record itself is open. */
const PLACES = [(label: Label) => ({ label, joint: label }), (label: Label) => ({ label: PRESETS.pub, joint: join(PRESETS.pub, label) })];

const key = (label: Label): string => labelText(label);
const stricter = (label: Label): Label[] =>
  AXIS_NAMES.flatMap((axis) => {
    const next = AXES[axis][(AXES[axis] as readonly string[]).indexOf(label[axis]) + 1];
    return next === undefined ? [] : [{ ...label, [axis]: next } as Label];
  });

const INDEX = new Map(ALL_LABELS.map((label, i) => [key(label), i]));
/** Every label with each of its up to five stricter neighbours, by position. */
const STEPS = ALL_LABELS.flatMap((label, i) => stricter(label).map((strict) => [i, INDEX.get(key(strict))!] as const));

const SMALLER = ['projection:summary', 'projection:metadata', 'projection:stub'];
const MASKS = ['none', 'special', 'personal'];
/** The obligation is still there, or a smaller projection stands in its place. */
const isKept = (obligation: string, by: readonly string[]): boolean =>
  by.includes(obligation) || (SMALLER.includes(obligation) && by.some((other) => SMALLER.indexOf(other) > SMALLER.indexOf(obligation)));

function isWider(strict: Decision, lax: Decision): boolean {
  if (strict.effect === 'allow' && lax.effect === 'allow')
    return !lax.obligations.every((o) => isKept(o, strict.obligations)) || MASKS.indexOf(strict.mask) < MASKS.indexOf(lax.mask);
  if (strict.effect === 'allow') return true;
  return lax.effect === 'deny' && strict.projection !== null && strict.projection !== lax.projection;
}

/** Every label against each of its up to five stricter neighbours, for every caller, request and state. */
function violations(
  judge: typeof decide,
  callers: Partial<typeof CALLERS> = CALLERS,
  requests = REQUESTS,
): { found: string[]; decisions: number } {
  const found: string[] = [];
  let decisions = 0;
  for (const [name, actor] of Object.entries(callers))
    for (const request of requests)
      for (const state of STATES)
        for (const place of PLACES) {
          const decided = ALL_LABELS.map((label) =>
            judge({ actor, target: target({ ...state, ...place(label) }), home: HOME, now: NOW, ...request }),
          );
          decisions += decided.length;
          for (const [lax, strict] of STEPS)
            if (isWider(decided[strict]!, decided[lax]!))
              found.push(
                `${name} ${JSON.stringify(request)} ${JSON.stringify(state)}: ${key(ALL_LABELS[lax]!)} → ${key(ALL_LABELS[strict]!)}`,
              );
        }
  return { found, decisions };
}

test(
  'raising an axis never allows more, drops an obligation, unmasks or enlarges a projection: all 324 labels',
  { timeout: 60_000 },
  () => {
    const { found, decisions } = violations(decide);
    expect(found).toEqual([]);
    expect(decisions).toBe(Object.keys(CALLERS).length * REQUESTS.length * STATES.length * PLACES.length * 324);
  },
);

test('a planted widening is found', { timeout: 60_000 }, () => {
  const skipsStepUp: typeof decide = (request) =>
    request.target?.joint.pi === 'spi' && request.action === 'record.view'
      ? { effect: 'allow', subject: 'OWN', obligations: ['log'], mask: 'none' }
      : decide(request);
  const opensStub: typeof decide = (request) => {
    const decision = decide(request);
    return decision.effect === 'deny' && request.target?.label.level === 'IMP' ? { ...decision, projection: 'province' } : decision;
  };
  const forgetsLog: typeof decide = (request) => {
    const decision = decide(request);
    return decision.effect === 'allow' && request.target?.joint.safety === 'ps' ? { ...decision, obligations: [] } : decision;
  };
  for (const planted of [skipsStepUp, opensStub, forgetsLog])
    expect(violations(planted, { owner: CALLERS.owner, job: CALLERS.job }, [REQUESTS[0]!, REQUESTS.at(-1)!]).found.length).toBeGreaterThan(
      0,
    );
});

test('raising an axis of a record or of a field never lets one more path leave', () => {
  const paths = ['core.title', 'core.summary', 'core.domains', 'core.ownerUscc', 'core.roleContact', 'core.problem', 'attrs.routes'];
  const leaving = (audience: (typeof AUDIENCES)[number], own: Label, field: Label): string[] => {
    const shape = rowOf(audience, own);
    return shape === null ? [] : paths.filter((path) => mayLeave(audience, shape, path, join(own, field)));
  };
  const isSubset = (a: string[], b: string[]) => a.every((path) => b.includes(path));
  for (const audience of AUDIENCES)
    for (const own of ALL_LABELS)
      for (const strict of stricter(own)) {
        const lax = leaving(audience, own, PRESETS.pub);
        expect(isSubset(leaving(audience, strict, PRESETS.pub), lax), `${audience} ${key(own)} → ${key(strict)}`).toBe(true);
        expect(isSubset(leaving(audience, PRESETS.pub, strict), leaving(audience, PRESETS.pub, own))).toBe(true);
        expect(lax.length === 0 || rowOf(audience, own) !== null).toBe(true);
      }
});
