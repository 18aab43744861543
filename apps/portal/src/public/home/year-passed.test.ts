import { expect, it } from 'vitest';
import { yearPassed } from './year-passed.ts';

it('the tick of time moves from nothing to everything within a year', () => {
  expect(yearPassed(new Date('2026-01-01T00:00:00Z'))).toBe(0);
  expect(yearPassed(new Date('2026-07-02T12:00:00Z'))).toBe(50);
  expect(yearPassed(new Date('2026-12-31T23:59:00Z'))).toBe(100);
});
