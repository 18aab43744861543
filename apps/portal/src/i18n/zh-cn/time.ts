/** Dates read 2026年4月3日; the year is left out where it is the present one. */
export const time = {
  day: '{{month}}月{{day}}日',
  dayOfYear: '{{year}}年{{month}}月{{day}}日',
  moment: '{{day}} {{clock}}',
  today: '今天 {{clock}}',
  yesterday: '昨天 {{clock}}',
  ago: {
    seconds_other: '{{count}} 秒前',
    minutes_other: '{{count}} 分钟前',
    hours_other: '{{count}} 小时前',
    days_other: '{{count}} 天前',
  },
  span: { seconds_other: '{{count}} 秒', minutes_other: '{{count}} 分钟', hours_other: '{{count}} 小时', days_other: '{{count}} 天' },
  left_other: '还有 {{count}} 天',
  lastDay: '今天截止',
  over: '已截止',
} as const;
