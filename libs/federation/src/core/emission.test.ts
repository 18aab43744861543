import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideEmission, type Sent, type Wanted } from './emission.ts';

const sent = fc.oneof(
  fc.constant(null),
  fc.record({ state: fc.constantFrom('live' as const, 'retracted' as const), contentDigest: fc.constantFrom('a', 'b') }),
);
const wanted: fc.Arbitrary<Wanted> = fc.oneof(
  fc.record({ content: fc.constantFrom('a', 'b') }),
  fc.record({ absent: fc.constantFrom('withdrawn' as const, 'suspended' as const, 'reopened' as const, 'label-raised' as const) }),
);

const cases: [Sent, Wanted, boolean, string][] = [
  [null, { content: 'a' }, false, 'upsert'],
  [{ state: 'live', contentDigest: 'a' }, { content: 'a' }, false, 'nothing'],
  [{ state: 'live', contentDigest: 'a' }, { content: 'b' }, false, 'upsert'],
  [{ state: 'retracted', contentDigest: 'a' }, { content: 'a' }, false, 'upsert'],
  [{ state: 'live', contentDigest: 'a' }, { absent: 'withdrawn' }, false, 'retract'],
  [{ state: 'retracted', contentDigest: 'a' }, { absent: 'withdrawn' }, false, 'nothing'],
  [null, { absent: 'reopened' }, false, 'nothing'],
  [{ state: 'live', contentDigest: 'a' }, { content: 'b' }, true, 'hold'],
  [{ state: 'live', contentDigest: 'a' }, { absent: 'label-raised' }, true, 'retract'],
];
test.each(cases)('sent %o, wanted %o, blocked %s → %s', (was, now, blocked, expected) => {
  expect(decideEmission(was, now, blocked)).toBe(expected);
});

test('no upsert leaves while an event of the record is blocked, and a block never holds a retraction', () => {
  fc.assert(
    fc.property(sent, wanted, (was, now) => {
      expect(decideEmission(was, now, true)).not.toBe('upsert');
      if ('absent' in now) expect(decideEmission(was, now, true)).toBe(decideEmission(was, now, false));
    }),
  );
});
