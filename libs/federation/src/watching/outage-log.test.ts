import { createLogger } from '@xiangjing/platform';
import { expect, test } from 'vitest';
import { createOutageLog } from './outage-log.ts';

test('a fault that repeats itself is told once, another one again, and its end', () => {
  const lines: { level: number | string; msg: string }[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as { level: string; msg: string });
  const outage = createOutageLog(createLogger({ level: 'info', destination: { write } }), { road: 'kafka' }, 'it failed');
  outage.over();
  for (const text of ['away', 'away', 'away', 'refused']) outage.note(new Error(text));
  outage.over();
  outage.over();
  outage.note(new Error('away'));
  expect(lines.map(({ msg }) => msg)).toEqual(['it failed', 'it failed', 'it works again', 'it failed']);
});
