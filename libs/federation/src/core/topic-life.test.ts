import fc from 'fast-check';
import { expect, test } from 'vitest';
import { afterAck, beginLife, judgeAck, judgeTopic, type TopicLife } from './topic-life.ts';

const held: TopicLife = { incarnation: 'a', epoch: 1, seq: 7, offset: 11 };

test.each([
  [null, 0, 'fresh'],
  [null, 40, 'fresh'],
  [held, 12, 'same'],
  [held, 13, 'same'],
  [held, 11, 'lost'],
  [held, 0, 'lost'],
] as const)('held %o, the topic ends at %i → %s', (life, endOffset, expected) => {
  expect(judgeTopic(life, { endOffset })).toBe(expected);
});

test('an offset given out twice tells of a loss that nobody reported', () => {
  expect(judgeAck(held, { baseOffset: 12 })).toBe('same');
  expect(judgeAck(held, { baseOffset: 11 })).toBe('lost');
  expect(judgeAck(held, { baseOffset: 0 })).toBe('lost');
  expect(judgeAck(null, { baseOffset: 0 })).toBe('same');
});

test('a life that began in an emptied topic and acknowledged nothing is not lost', () => {
  const life = beginLife({ incarnation: 'b', epoch: 1, endOffset: 0 });
  expect(judgeTopic(life, { endOffset: 0 })).toBe('same');
  expect(judgeAck(life, { baseOffset: 0 })).toBe('same');
  expect(judgeAck(beginLife({ incarnation: 'b', epoch: 1, endOffset: 5 }), { baseOffset: 4 })).toBe('lost');
});

test('whatever was acknowledged and is cut off is noticed, at the next look or at the next acknowledgement', () => {
  const counts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 20 }), (pages, cut) => {
      let life = beginLife({ incarnation: 'a', epoch: 1, endOffset: 0 });
      let end = 0;
      for (const count of pages) {
        expect(judgeTopic(life, { endOffset: end })).toBe('same');
        expect(judgeAck(life, { baseOffset: end })).toBe('same');
        life = afterAck(life, { seq: life.seq + count, baseOffset: end, count });
        end += count;
      }
      const endOffset = Math.max(0, end - cut);
      expect(judgeTopic(life, { endOffset })).toBe('lost');
      expect(judgeAck(life, { baseOffset: endOffset })).toBe('lost');
    }),
  );
});
