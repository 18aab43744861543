import type { TFunction } from 'i18next';

/** China keeps one time all year, so its wall clock is UTC shifted by eight hours, whatever zone the process runs in. */
const SHIFT_MS = 8 * 3600 * 1000;
const DAY_MS = 24 * 3600 * 1000;

/** A date (`2026-12-18`) or an instant as it stands on a wall in China. */
function wall(value: string | Date) {
  const instant = typeof value === 'string' && value.length === 10 ? Date.parse(`${value}T00:00:00+08:00`) : +new Date(value);
  const local = new Date(instant + SHIFT_MS);
  const two = (n: number) => String(n).padStart(2, '0');
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    clock: `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`,
    dayNumber: Math.floor(+local / DAY_MS),
  };
}

/** 2026年11月24日, whatever the year is now. */
export const fullDay = (t: TFunction, value: string | Date): string => t('time.dayOfYear', wall(value));

/** 12月18日, with the year where it is not the present one. */
export function dayText(t: TFunction, value: string | Date, now: Date): string {
  const at = wall(value);
  return at.year === wall(now).year ? t('time.day', at) : t('time.dayOfYear', at);
}

export const momentText = (t: TFunction, value: string | Date, now: Date): string =>
  t('time.moment', { day: dayText(t, value, now), clock: wall(value).clock });

/** With seconds: for steps that follow each other within a minute. */
export const secondText = (t: TFunction, value: string | Date, now: Date): string =>
  t('time.moment', { day: dayText(t, value, now), clock: `${wall(value).clock}:${new Date(value).toISOString().slice(17, 19)}` });

export const fullMoment = (t: TFunction, value: string | Date): string =>
  t('time.moment', { day: fullDay(t, value), clock: wall(value).clock });

/** 今天 08:59, 昨天 16:20, or the day: for tables in which the hour of older things does not matter. */
export function recentText(t: TFunction, value: string, now: Date): string {
  const at = wall(value);
  const daysAgo = wall(now).dayNumber - at.dayNumber;
  if (daysAgo === 0) return t('time.today', at);
  return daysAgo === 1 ? t('time.yesterday', at) : dayText(t, value, now);
}

function largestUnit(ms: number) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return { unit: 'seconds', count: seconds } as const;
  if (seconds < 3600) return { unit: 'minutes', count: Math.floor(seconds / 60) } as const;
  if (seconds < 2 * 86_400) return { unit: 'hours', count: Math.floor(seconds / 3600) } as const;
  return { unit: 'days', count: Math.floor(seconds / 86_400) } as const;
}

/** 18 秒前, 3 小时前, 2 天前. */
export function agoText(t: TFunction, since: string, now: Date): string {
  const { unit, count } = largestUnit(+now - Date.parse(since));
  return t(`time.ago.${unit}`, { count });
}

/** 3 小时, 2 天: how long something lasts already. */
export function spanText(t: TFunction, since: string, now: Date): string {
  const { unit, count } = largestUnit(+now - Date.parse(since));
  return t(`time.span.${unit}`, { count });
}

/** Whole days from today until a date; negative when it is over. */
export const daysUntil = (date: string, now: Date): number => wall(date).dayNumber - wall(now).dayNumber;

/** 还有 24 天, 今天截止, 已截止; a deadline within a week is close. */
export function deadlineText(t: TFunction, date: string, now: Date): { text: string; isClose: boolean } {
  const days = daysUntil(date, now);
  if (days < 0) return { text: t('time.over'), isClose: false };
  return { text: days === 0 ? t('time.lastDay') : t('time.left', { count: days }), isClose: days <= 7 };
}
