/** 4 秒前, 3 小时前: how long ago something was, by the clock of the node that tells it. */
export function ageText(at: string | null, asOf: string): string {
  return at === null ? '从未' : `${spanText(at, asOf)}前`;
}

export function spanText(at: string, asOf: string): string {
  const seconds = Math.max(0, Math.floor((Date.parse(asOf) - Date.parse(at)) / 1000));
  if (seconds < 60) return `${seconds} 秒`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} 分钟`;
  return seconds < 2 * 86_400 ? `${Math.floor(seconds / 3600)} 小时` : `${Math.floor(seconds / 86_400)} 天`;
}

const CLOCK = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});
/** 2026-11-24 09:00:03 as on a wall in China. */
export const clockText = (at: string): string => CLOCK.format(new Date(at));
/** With milliseconds, for steps that follow each other closely. */
export const preciseText = (at: string): string => `${clockText(at)}.${new Date(at).toISOString().slice(20, 23)}`;
