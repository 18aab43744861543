import { createLogger } from '@xiangjing/platform';
import { expect, test } from 'vitest';
import { tellRoad } from './tell-road.ts';

test('a feed that changes its road recovers by itself: nothing to warn of, in the words of an operator', () => {
  const lines: { level: string; msg: string }[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as { level: string; msg: string });
  const log = createLogger({ level: 'info', destination: { write } });
  for (const isHttps of [true, false]) tellRoad(log, { view: 'up' }, isHttps);
  expect(lines).toMatchObject([
    { level: 'info', msg: 'HTTPS takes over beside Kafka' },
    { level: 'info', msg: 'Kafka carries alone again' },
  ]);
});
