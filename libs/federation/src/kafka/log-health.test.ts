import { expect, test } from 'vitest';
import { createLogHealth } from './log-health.ts';

test('a feed that is not to be read any more is not missing any more; what is not written is kept apart', () => {
  const health = createLogHealth({ now: () => new Date() });
  const [left, stays] = [
    { origin: '430100', view: 'peer' },
    { origin: '430300', view: 'peer' },
  ];
  health.unreadable([left!, stays!]);
  health.unwritable({ origin: '430200', view: 'up' }, true);
  expect(health.read().missing).toHaveLength(3);
  health.unreadable([stays!]);
  expect(health.read().missing).toEqual([stays, { origin: '430200', view: 'up' }]);
  health.unreadable([]);
  health.unwritable({ origin: '430200', view: 'up' }, false);
  expect(health.read()).toMatchObject({ missing: [], lastError: null });
});
