import type { ErrorCode } from '@xiangjing/scenario-sdk';
import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import type { DecisionRequest } from './decision.ts';
import { CALLERS, FIRM, HOME, label, NOW, person, target } from './testing/index.ts';

type Caller = keyof typeof CALLERS;
type Case = [row: string, caller: Caller, label: string, request: Partial<DecisionRequest> & { action: string }, expected: string];

const view = { action: 'record.view' } as const;
const summary = { action: 'record.view', part: 'summary' } as const;
const up = { action: 'record.replicate', audience: 'province' } as const;

/** `allow: <obligations that must be there>` or `deny <reason>[ → <shown>][ | <projection>]`. */
const run = (caller: Caller, text: string, request: Partial<DecisionRequest> & { action: string }) =>
  decide({ actor: CALLERS[caller], home: HOME, now: NOW, target: target({ label: label(text) }), ...request });

/** Rows of the golden decision matrix that concern what exists: grants, experts, export and break-glass are not here. */
const GOLDEN: Case[] = [
  ['1', 'anonymous', 'L1/-/-/U/oU', view, 'allow'],
  ['3', 'anonymous', 'L2/-/-/U/oC', summary, 'allow: projection:summary'],
  ['4', 'anonymous', 'L2/-/-/U/oC', view, 'deny NOT_OPEN | public'],
  ['7', 'enterprise', 'L2/-/-/U/oC', view, 'allow: log'],
  ['8', 'lapsed', 'L2/-/-/U/oC', view, 'deny SUBJECT_STATE | public'],
  ['11', 'enterprise', 'L3/-/-/C/oN', view, 'deny NEEDS_GRANT → NOT_FOUND'],
  ['12 without grants', 'enterprise', 'L3/-/-/C/oN', view, 'deny NEEDS_GRANT → NOT_FOUND'],
  ['19', 'enterprise', 'L4/-/-/C/oN', view, 'deny NOT_GRANTABLE → NOT_FOUND'],
  ['26', 'owner', 'L3/-/-/C/oN', view, 'allow: log'],
  ['27', 'owner', 'L4/spi/-/N/oN', view, 'allow: log, mask, unmask-with-reason'],
  ['34', 'department', 'L2/-/-/U/oC', view, 'allow: log'],
  ['36 without grants', 'department', 'L3/-/-/C/oN', view, 'deny NEEDS_GRANT | province'],
  ['37', 'department', 'L4/-/-/N/oN', view, 'deny SHARE_PROHIBITED | province'],
  ['46', 'home', 'L2/-/-/U/oC', up, 'allow: signed, sequenced'],
  ['46 job', 'job', 'L2/-/-/U/oC', up, 'allow: signed, sequenced'],
  ['47', 'home', 'L3/-/-/C/oN', up, 'allow: projection:metadata'],
  ['48', 'home', 'L4/-/ps/C/oN', up, 'allow: projection:stub'],
  ['49', 'home', 'IMP/-/-/C/oN', up, 'deny MANUAL_JOINT_RELEASE'],
  ['51', 'provinceNode', 'L3/-/-/C/oN', view, 'deny NEEDS_GRANT → NOT_FOUND'],
  ['53 without grants', 'provinceCoordinator', 'L4/-/ps/C/oN', view, 'deny NEEDS_GRANT | province'],
  ['62', 'operator', 'L4/-/-/C/oN', view, 'deny ROLE → NOT_FOUND'],
  ['68', 'otherNode', 'L3/-/-/C/oN', view, 'deny CROSS_NODE → NOT_FOUND'],
  ['82', 'owner', 'CORE/-/-/C/oN', view, 'deny CORE'],
  ['82 anybody', 'coordinator', 'CORE/-/-/C/oN', view, 'deny CORE → NOT_FOUND'],
  ['86', 'owner', 'L1/-/-/U/oU', { action: 'record.frobnicate' }, 'deny UNKNOWN_ACTION'],
  ['a pi field', 'enterprise', 'L2/pi/-/U/oC', view, 'allow: log, mask'],
  ['share C', 'department', 'L2/-/-/C/oC', view, 'deny NEEDS_GRANT | province'],
  ['other city', 'otherCity', 'L2/-/-/U/oC', view, 'deny CROSS_NODE | city'],
  ['other city, L1', 'otherCity', 'L1/-/-/U/oU', view, 'allow'],
  ['other city, L3', 'otherCity', 'L3/-/-/U/oN', view, 'deny CROSS_NODE → NOT_FOUND'],
  ['L2 not open', 'enterprise', 'L2/-/-/U/oN', view, 'deny NEEDS_GRANT → NOT_FOUND'],
  ['L2 not open to the public', 'anonymous', 'L2/-/-/U/oN', summary, 'deny NOT_FOUND'],
  ['IMP has no projection', 'coordinator', 'IMP/-/-/C/oN', view, 'deny NEEDS_GRANT → NOT_FOUND'],
  ['no audience', 'home', 'L3/-/-/C/oN', { action: 'record.replicate', audience: 'city' }, 'deny NO_PROJECTION'],
  ['nobody replicates', 'coordinator', 'L1/-/-/U/oU', up, 'deny ROLE'],
];

function expectOutcome(decision: ReturnType<typeof decide>, expected: string): void {
  const [, obligations = ''] = /^allow(?:: (.*))?$/.exec(expected) ?? [];
  if (expected.startsWith('allow')) {
    expect(decision).toMatchObject({ effect: 'allow' });
    if (decision.effect === 'allow') expect(decision.obligations).toEqual(expect.arrayContaining(obligations.split(', ').filter(Boolean)));
    return;
  }
  const [, reason, shown, projection] = /^deny (\w+)(?: → (\w+))?(?: \| (\w+))?$/.exec(expected)!;
  expect(decision).toMatchObject({ effect: 'deny', reason, shown: shown ?? reason });
  if (decision.effect === 'deny' && projection) expect(decision.projection).toBe(projection);
}

test.each(GOLDEN)('golden row %s: %s · %s', (_row, caller, text, request, expected) => {
  expectOutcome(run(caller, text, request), expected);
});

test('golden row 28: clearance, then step-up, then training is asked for from L4', () => {
  const owner = CALLERS.owner;
  const asked = (more: Partial<typeof owner>, now = NOW) =>
    decide({ actor: { ...owner, ...more }, action: 'record.view', target: target({ label: label('L4/spi/-/N/oN') }), home: HOME, now });
  const lacking = { clearance: { level: 'L3', pi: 'none', safety: 'ordinary' }, steppedUp: false, trainingUntil: null } as const;
  expectOutcome(asked(lacking), 'deny CLEARANCE');
  expectOutcome(asked({ ...lacking, clearance: owner.clearance }), 'deny STEP_UP');
  expectOutcome(asked({ trainingUntil: '2026-11-23' }), 'deny TRAINING');
  expectOutcome(asked({ trainingUntil: '2026-11-24' }), 'allow: unmask-with-reason');
  expectOutcome(asked({ trainingUntil: '2026-11-24' }, new Date('2026-11-25T00:00:00+08:00')), 'deny TRAINING');
  expectOutcome(asked({ trainingUntil: 'never' }), 'deny TRAINING');
});

test('† is not asked of the owner about a record that nobody classified, nor of an enterprise about its own', () => {
  const sealed = { label: label('L4/-/-/N/oN'), classified: false, stage: 'draft', viewed: false } as const;
  expect(decide({ actor: CALLERS.unclearedOwner, ...view, target: target(sealed), home: HOME, now: NOW }).effect).toBe('allow');
  expectOutcome(run('unclearedOwner', 'L4/-/-/N/oN', view), 'deny CLEARANCE');
  const own = target({ label: label('L4/-/-/C/oN'), ownerUscc: FIRM });
  expect(decide({ actor: CALLERS.enterprise, ...view, target: own, home: HOME, now: NOW }).effect).toBe('allow');
});

test('sensitive personal data are masked for the owner until a reason is given, personal ones for everybody else', () => {
  const maskOf = (caller: Caller, text: string, unmaskReason?: string) => {
    const decision = run(caller, text, { action: 'record.view', unmaskReason });
    return decision.effect === 'allow' ? decision.mask : decision.reason;
  };
  expect(maskOf('owner', 'L4/spi/-/N/oN')).toBe('special');
  expect(maskOf('owner', 'L4/spi/-/N/oN', '核对联系方式')).toBe('none');
  expect(maskOf('owner', 'L2/pi/-/U/oC')).toBe('none');
  expect(maskOf('coordinator', 'L2/pi/-/U/oC')).toBe('personal');
});

describe('stages', () => {
  const at = (caller: Caller, more: Parameters<typeof target>[0]) =>
    decide({ actor: CALLERS[caller], action: 'record.view', target: target(more), home: HOME, now: NOW });
  const draft = { stage: 'draft', viewed: false } as const;
  const submitted = { stage: 'solicited', viewed: false } as const;
  const suspended = { suspended: true };

  test.each<[Caller, object, string]>([
    ['owner', draft, 'allow'],
    ['steward', draft, 'allow'],
    ['coordinator', draft, 'deny NOT_FOUND'],
    ['department', draft, 'deny NOT_FOUND'],
    ['anonymous', draft, 'deny NOT_FOUND'],
    ['lead', submitted, 'allow'],
    ['county', submitted, 'allow'],
    ['county', { ...submitted, region: '430103' }, 'deny NOT_FOUND'],
    ['department', submitted, 'deny NOT_FOUND'],
    ['enterprise', submitted, 'deny NOT_FOUND'],
    ['coordinator', suspended, 'allow'],
    ['department', suspended, 'allow'],
    ['anonymous', suspended, 'deny NOT_FOUND'],
    ['enterprise', suspended, 'deny NOT_FOUND'],
    ['otherCity', suspended, 'deny CROSS_NODE → NOT_FOUND'],
  ])('%s sees %j: %s', (caller, more, expected) => {
    const decision = at(caller, more);
    if (expected.startsWith('deny CROSS')) expect(decision).toMatchObject({ effect: 'deny', shown: 'NOT_FOUND', projection: null });
    else expectOutcome(decision, expected);
  });
});

test('a record whose own label is open and whose fields are not keeps its projection', () => {
  const mixed = target({ joint: label('L4/pi/ps/C/oN') });
  const of = (caller: Caller) => decide({ actor: CALLERS[caller], action: 'record.view', target: mixed, home: HOME, now: NOW });
  expectOutcome(of('anonymous'), 'deny NOT_OPEN | public');
  expectOutcome(of('enterprise'), 'deny NOT_GRANTABLE | enterprise');
  expectOutcome(of('department'), 'deny NEEDS_GRANT | province');
});

describe('replicas', () => {
  const received = (caller: Caller, text: string, more: Partial<DecisionRequest> = {}) =>
    decide({
      actor: CALLERS[caller],
      action: 'record.view',
      target: target({ origin: '430200', region: '430202', label: label(text) }),
      home: HOME,
      now: NOW,
      ...more,
    });
  test('government of this node sees what was received, the rest what is left of it for them', () => {
    expectOutcome(received('department', 'L1/-/-/U/oU'), 'allow');
    expectOutcome(received('coordinator', 'L2/-/-/C/oC'), 'allow: log');
    expectOutcome(received('anonymous', 'L2/-/-/U/oC'), 'deny CROSS_NODE | public');
    expectOutcome(received('enterprise', 'L2/-/-/U/oC'), 'deny CROSS_NODE | enterprise');
    expectOutcome(received('anonymous', 'L3/-/-/C/oN'), 'deny CROSS_NODE → NOT_FOUND');
  });
  test('golden row 52: at the province, metadata and stubs', () => {
    const atProvince = { home: '430000' };
    expectOutcome(received('provinceCoordinator', 'L3/-/-/C/oN', atProvince), 'allow: log');
    expectOutcome(received('provinceAnalyst', 'L4/-/ps/C/oN', atProvince), 'allow: log');
  });
  test('nobody acts on one', () => {
    for (const action of ['record.edit', 'record.withdraw', 'record.classify'])
      expectOutcome(received('coordinator', 'L1/-/-/U/oU', { action }), 'deny FOREIGN_RECORD');
    expectOutcome(received('anonymous', 'L1/-/-/U/oU', { action: 'record.edit' }), 'deny UNAUTHENTICATED');
  });
});

describe('acts', () => {
  const act = (caller: Caller, request: Partial<DecisionRequest> & { action: string }, more: Parameters<typeof target>[0] = {}) =>
    decide({ actor: CALLERS[caller], target: target(more), home: HOME, now: NOW, ...request });
  const advance = (verb: DecisionRequest['verb']) => ({ action: 'record.advance', verb }) as const;

  test.each<[Caller, ReturnType<typeof advance> | { action: string }, object, string]>([
    ['owner', { action: 'record.create' }, { stage: 'draft', viewed: false }, 'allow'],
    ['checker', { action: 'record.create' }, { stage: 'draft', viewed: false }, 'deny ROLE'],
    ['department', { action: 'record.create' }, { stage: 'draft', viewed: false }, 'deny ROLE'],
    ['owner', { action: 'record.edit' }, { stage: 'draft', viewed: false }, 'allow'],
    ['coordinator', { action: 'record.edit' }, {}, 'deny ROLE'],
    ['department', { action: 'record.edit' }, { stage: 'draft', viewed: false }, 'deny ROLE → NOT_FOUND'],
    ['coordinator', advance('publish'), { stage: 'selected', viewed: false }, 'allow'],
    ['county', advance('publish'), { stage: 'selected', viewed: false }, 'allow'],
    ['county', advance('publish'), { stage: 'selected', viewed: false, region: '430103' }, 'deny ROLE → NOT_FOUND'],
    ['county', advance('withdraw'), { region: '430103' }, 'deny ROLE'],
    ['owner', advance('publish'), { stage: 'selected', viewed: false }, 'deny ROLE'],
    ['lead', advance('select'), { stage: 'solicited', viewed: false, label: label('L4/-/-/N/oN') }, 'allow: log'],
    ['lead', advance('select'), { stage: 'solicited', viewed: false, domains: ['education'] }, 'deny ROLE → NOT_FOUND'],
    ['lead', advance('suspend'), {}, 'allow'],
    ['supervisor', advance('suspend'), {}, 'allow'],
    ['supervisor', advance('resume'), { suspended: true }, 'deny ROLE'],
    ['provinceCoordinator', advance('publish'), { stage: 'selected', viewed: false }, 'deny ROLE → NOT_FOUND'],
    ['provinceCoordinator', { action: 'record.withdraw' }, {}, 'deny ROLE'],
    ['otherCity', { action: 'record.withdraw' }, {}, 'deny ROLE'],
    ['steward', { action: 'record.edit' }, {}, 'deny ROLE'],
    ['operator', { action: 'record.withdraw' }, {}, 'deny ROLE'],
    ['owner', { action: 'record.advance' }, {}, 'deny UNKNOWN_ACTION'],
    ['unclearedOwner', { action: 'record.edit' }, { label: label('L4/-/-/C/oN') }, 'deny CLEARANCE'],
    ['unclearedOwner', { action: 'record.edit' }, { label: label('L4/-/-/N/oN'), classified: false }, 'allow'],
    ['unclearedOwner', advance('submit'), { label: label('L4/-/-/C/oN'), stage: 'draft', viewed: false }, 'allow'],
  ])('%s %j on %j: %s', (caller, request, more, expected) => {
    expectOutcome(act(caller, request, more), expected);
  });

  test('golden rows 38 and 41: classify', () => {
    const classify = (caller: Caller, proposed: string | undefined, classified: boolean, was = 'L2/-/-/U/oC') =>
      act(caller, { action: 'record.classify', ...(proposed ? { proposed: label(proposed) } : {}) }, { label: label(was), classified });
    expectOutcome(classify('steward', 'L3/-/-/C/oN', true), 'allow: re-evaluate-grants, tombstone-replicas, labelVersion+1');
    expectOutcome(classify('steward', 'L1/-/-/U/oU', true), 'deny LABEL_LOWERING');
    expectOutcome(classify('steward', 'L1/pi/-/U/oU', true), 'deny LABEL_FLOOR');
    expectOutcome(classify('steward', 'L3/-/-/C/oN', false, 'L4/-/-/N/oN'), 'deny ROLE');
    expectOutcome(classify('owner', 'L2/-/-/U/oC', false, 'L4/-/-/N/oN'), 'allow');
    expectOutcome(classify('owner', 'L3/-/-/C/oN', true), 'deny ROLE');
    expectOutcome(classify('checker', 'L3/-/-/C/oN', false), 'deny ROLE');
    expectOutcome(classify('steward', 'L9/-/-/U/oU', true), 'deny UNLABELLED');
    expectOutcome(classify('steward', undefined, true), 'allow');
  });
});

test('golden row 81: a label that is missing or unknown denies everything, and says so to the owner department only', () => {
  const damaged = { ...label('L1/-/-/U/oU'), level: null } as unknown as ReturnType<typeof label>;
  const of = (caller: Caller, more: object) =>
    decide({ actor: CALLERS[caller], action: 'record.view', target: target(more), home: HOME, now: NOW });
  expectOutcome(of('owner', { label: damaged }), 'deny UNLABELLED');
  expectOutcome(of('owner', { joint: undefined }), 'deny UNLABELLED');
  expectOutcome(of('anonymous', { label: damaged, joint: label('L1/-/-/U/oU') }), 'deny UNLABELLED → NOT_FOUND');
});

test('only what is in its views is replicated, and while suspended only to the province', () => {
  const of = (more: object, audience: DecisionRequest['audience']) =>
    decide({ actor: CALLERS.job, action: 'record.replicate', audience, target: target(more), home: HOME, now: NOW });
  expectOutcome(of({ stage: 'selected', viewed: false }, 'province'), 'deny NO_PROJECTION');
  expectOutcome(of({ suspended: true }, 'province'), 'allow: signed, sequenced');
  expectOutcome(of({ suspended: true }, 'city'), 'deny NO_PROJECTION');
  expectOutcome(of({ origin: '430200' }, 'province'), 'deny CROSS_NODE');
});

test('the node’s own affairs', () => {
  const of = (caller: Caller, request: Partial<DecisionRequest> & { action: string }) =>
    decide({ actor: CALLERS[caller], home: HOME, now: NOW, ...request });
  const full = (['operator', 'coordinator', 'county', 'supervisor', 'provinceAnalyst'] as const).map(
    (caller) => of(caller, { action: 'federation.view' }).effect,
  );
  expect(full).toEqual(['allow', 'allow', 'allow', 'allow', 'allow']);
  expectOutcome(of('owner', { action: 'federation.view' }), 'deny ROLE | public');
  expectOutcome(of('otherCity', { action: 'federation.view' }), 'deny ROLE | public');
  expectOutcome(of('anonymous', { action: 'federation.view' }), 'deny UNAUTHENTICATED | public');
  expectOutcome(of('anonymous', { action: 'federation.view', part: 'summary' }), 'allow');
  for (const caller of ['operator', 'coordinator', 'supervisor', 'provinceAnalyst'] as const)
    expectOutcome(of(caller, { action: 'federation.trace', part: 'summary' }), 'allow');
  for (const caller of ['owner', 'lead', 'otherCity', 'enterprise'] as const)
    expectOutcome(of(caller, { action: 'federation.trace', part: 'summary' }), 'deny ROLE | public');
  expectOutcome(of('anonymous', { action: 'federation.trace' }), 'deny UNAUTHENTICATED');
  for (const caller of ['operator', 'coordinator', 'county'] as const) expectOutcome(of(caller, { action: 'federation.compare' }), 'allow');
  for (const caller of ['supervisor', 'provinceAnalyst', 'provinceCoordinator', 'owner', 'otherCity', 'service', 'provinceNode'] as const)
    expectOutcome(of(caller, { action: 'federation.compare' }), 'deny ROLE');
  expectOutcome(of('anonymous', { action: 'vocabulary.view' }), 'allow');
  expectOutcome(of('anonymous', { action: 'organisation.list' }), 'deny UNAUTHENTICATED');
  expectOutcome(of('enterprise', { action: 'organisation.list' }), 'allow');

  const organisation = { uscc: FIRM, region: '430102' };
  const create = { action: 'organisation.create', organisation };
  expectOutcome(of('coordinator', create), 'allow');
  expectOutcome(of('county', create), 'allow');
  expectOutcome(of('county', { ...create, organisation: { ...organisation, region: '430103' } }), 'deny ROLE');
  expectOutcome(of('enterprise', create), 'allow');
  expectOutcome(of('owner', create), 'deny ROLE');
  expectOutcome(of('anonymous', create), 'deny UNAUTHENTICATED' as `deny ${ErrorCode}`);
});

test('an owner acts for an organisation: a wider scope makes nobody an owner', () => {
  const wide = person(['owner@4301', 'owner@domain:healthcare']);
  expectOutcome(decide({ actor: wide, action: 'record.edit', target: target(), home: HOME, now: NOW }), 'deny ROLE');
});
