import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAction, ACTIONS } from './actions.ts';
import type { Actor } from './actor.ts';
import { admit, decide } from './decide.ts';
import type { DecisionRequest } from './decision.ts';
import { isObligation, OBLIGATIONS } from './obligations.ts';
import { ALL_LABELS, AGENCY, CALLERS, HOME, NOW, person, target } from './testing/index.ts';

const word = fc.oneof(
  fc.string(),
  fc.constantFrom('toString', '__proto__', 'constructor', 'view', 'manage', 'all', 'publish', 'record.*', 'RECORD.VIEW', ''),
);
const any = (more: object): DecisionRequest => ({
  actor: CALLERS.owner,
  action: 'record.view',
  target: target(),
  home: HOME,
  now: NOW,
  ...more,
});

test('an unknown action denies', () => {
  fc.assert(
    fc.property(word, (action) => {
      fc.pre(!isAction(action));
      expect(decide(any({ action }))).toMatchObject({ effect: 'deny', reason: 'UNKNOWN_ACTION' });
      expect(admit(CALLERS.owner, action)).toMatchObject({ effect: 'deny', reason: 'UNKNOWN_ACTION' });
    }),
  );
});

test('an unknown verb, node, audience or axis value denies', () => {
  fc.assert(
    fc.property(word, (text) => {
      expect(decide(any({ action: 'record.advance', verb: `${text}!` })).effect).toBe('deny');
      expect(decide(any({ home: text }))).toMatchObject({ effect: 'deny', reason: 'CROSS_NODE' });
      expect(decide(any({ target: target({ origin: text }) }))).toMatchObject({ effect: 'deny', reason: 'CROSS_NODE', projection: null });
      expect(decide(any({ actor: CALLERS.home, action: 'record.replicate', audience: text }))).toMatchObject({ reason: 'NO_PROJECTION' });
      for (const axis of ['level', 'pi', 'safety', 'share', 'open'] as const) {
        const damaged = { ...target().label, [axis]: `${text}?` };
        for (const side of [{ label: damaged }, { joint: damaged }])
          for (const actor of Object.values(CALLERS))
            expect(decide(any({ actor, target: target(side as object) }))).toMatchObject({ effect: 'deny', projection: null });
      }
    }),
    { numRuns: 50 },
  );
});

test('an unknown role, clearance or kind of caller gives nothing beyond the public', () => {
  const roles = { grants: [{ role: 'emperor', scope: { type: 'region', adcode: '4301' } }] } as unknown as Actor;
  const scopes = { grants: [{ role: 'coordinator', scope: { type: 'galaxy', adcode: '4301' } }] } as unknown as Actor;
  const strangers = [{ ...CALLERS.owner, ...roles }, { ...CALLERS.owner, ...scopes }, { type: 'demon' } as unknown as Actor];
  for (const label of ALL_LABELS) {
    const open = decide(any({ actor: CALLERS.anonymous, target: target({ label }) })).effect;
    for (const actor of strangers) expect([open, 'deny']).toContain(decide(any({ actor, target: target({ label }) })).effect);
  }
  const clearance = { level: 'L7', pi: '??', safety: '' } as unknown as (typeof CALLERS.owner)['clearance'];
  const odd = person([`owner@org:${AGENCY}`], { clearance });
  expect(decide(any({ actor: odd, target: target({ label: { ...target().label, level: 'L4' } }) }))).toMatchObject({ reason: 'CLEARANCE' });
});

test('an obligation outside the closed list is none', () => {
  fc.assert(
    fc.property(word, (text) => {
      expect(isObligation(text)).toBe(Object.keys(OBLIGATIONS).includes(text));
    }),
  );
});

test('whatever is handed in, the answer is a decision, and an exception is a refusal', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), fc.constantFrom(...Object.keys(ACTIONS)), (actor, record, action) => {
      const request = any({ action, target: record as object, actor: { ...(actor as object), type: 'person' } as Actor });
      const decision = decide(request);
      if (ACTIONS[action as keyof typeof ACTIONS].on === 'record') expect(decision.effect).toBe('deny');
      else expect(['allow', 'deny']).toContain(decision.effect);
    }),
  );
  const broken = new Proxy(target(), {
    get: () => {
      throw new Error('the database went away');
    },
  });
  expect(decide(any({ target: broken }))).toMatchObject({ effect: 'deny', reason: 'POLICY_ERROR', shown: 'NOT_FOUND' });
  expect(decide({ ...any({}), target: undefined } as unknown as DecisionRequest)).toMatchObject({ effect: 'deny', reason: 'POLICY_ERROR' });
});
