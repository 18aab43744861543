import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTexts } from '../i18n/index.ts';
import { agoText, dayText, daysUntil, deadlineText, fullDay, fullMoment, momentText, recentText, secondText, spanText } from './moment.ts';

const { t } = createTexts();
const now = new Date('2026-11-24T01:00:00Z'); // nine in the morning in China

describe('dates', () => {
  it('read as on a wall in China, whatever zone the process runs in', () => {
    expect(fullDay(t, '2026-04-03')).toBe('2026年4月3日');
    expect(fullMoment(t, '2026-11-23T16:30:00Z')).toBe('2026年11月24日 00:30');
    expect(fullMoment(t, '2026-12-31T16:00:00Z')).toBe('2027年1月1日 00:00');
  });

  it('leave the present year out, and no other', () => {
    expect(dayText(t, '2026-12-18', now)).toBe('12月18日');
    expect(dayText(t, '2027-01-08', now)).toBe('2027年1月8日');
    expect(momentText(t, '2026-11-22T13:05:00Z', now)).toBe('11月22日 21:05');
    expect(secondText(t, '2026-11-22T13:05:09.750Z', now)).toBe('11月22日 21:05:09');
  });

  it('name today and yesterday', () => {
    expect(recentText(t, '2026-11-23T16:20:00Z', now)).toBe('今天 00:20');
    expect(recentText(t, '2026-11-23T08:20:00Z', now)).toBe('昨天 16:20');
    expect(recentText(t, '2026-11-20T08:20:00Z', now)).toBe('11月20日');
  });
});

describe('ages', () => {
  it.each([
    [18, '18 秒'],
    [61, '1 分钟'],
    [3 * 3600, '3 小时'],
    [47 * 3600, '47 小时'],
    [48 * 3600, '2 天'],
  ])('of %i seconds are %s', (seconds, text) => {
    const since = new Date(+now - seconds * 1000).toISOString();
    expect(spanText(t, since, now)).toBe(text);
    expect(agoText(t, since, now)).toBe(`${text}前`);
  });

  it('are never negative: a clock that runs ahead shows nothing older than now', () => {
    expect(agoText(t, '2026-11-24T01:00:05Z', now)).toBe('0 秒前');
  });
});

describe('deadlines', () => {
  it('count whole days in China, are close within a week, and over after their day', () => {
    expect(deadlineText(t, '2026-12-18', now)).toEqual({ text: '还有 24 天', isClose: false });
    expect(deadlineText(t, '2026-12-01', now)).toEqual({ text: '还有 7 天', isClose: true });
    expect(deadlineText(t, '2026-11-24', now)).toEqual({ text: '今天截止', isClose: true });
    expect(deadlineText(t, '2026-11-23', now)).toEqual({ text: '已截止', isClose: false });
  });

  it('shrink by one each day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), (days) => {
        const later = new Date(+now + days * 86_400_000);
        expect(daysUntil('2026-12-18', later)).toBe(24 - days);
      }),
    );
  });
});
