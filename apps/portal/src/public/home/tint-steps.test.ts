import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepsOf } from './tint-steps.ts';

describe('tints of the map', () => {
  it('read as a key of up to four round ranges', () => {
    const { ranges, stepOf } = stepsOf([11, 19, 24, 9, 14, 64, 10, 13, 27, 31, 15, 22, 12, 17]);
    expect(ranges).toHaveLength(4);
    expect(ranges[0]).toMatch(/^≤\d+$/);
    expect(ranges.at(-1)).toMatch(/^≥\d+$/);
    expect([stepOf(9), stepOf(64)]).toEqual([1, 4]);
  });

  it('never get lighter with more, and every count has one', () => {
    const counts = fc.array(fc.nat(500), { minLength: 14, maxLength: 14 });
    fc.assert(
      fc.property(counts, (all) => {
        const { ranges, stepOf } = stepsOf(all);
        const steps = [...all].sort((a, b) => a - b).map(stepOf);
        expect(steps).toEqual([...steps].sort((a, b) => a - b));
        for (const step of steps) expect(ranges[step - 1]).toBeDefined();
      }),
    );
  });

  it('of a node without records are one', () => {
    const { stepOf } = stepsOf(Array.from({ length: 14 }, () => 0));
    expect(stepOf(0)).toBe(1);
  });
});
