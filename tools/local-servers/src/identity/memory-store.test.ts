import { expect, test } from 'vitest';
import { memoryStore } from './memory-store.ts';

test('what is kept expires, is found by uid, is consumed, and goes with its grant', async () => {
  let now = 1_000_000;
  const store = memoryStore(() => now);
  const [sessions, codes] = [store('Session'), store('AuthorizationCode')];
  await sessions.upsert('s1', { uid: 'u1' }, 60);
  await codes.upsert('s1', { grantId: 'g1' }, 10);
  expect(await sessions.findByUid('u1')).toEqual({ uid: 'u1' });
  expect(await codes.findByUid('u1')).toBeUndefined();
  await codes.consume('s1');
  expect(await codes.find('s1')).toEqual({ grantId: 'g1', consumed: 1000 });
  now += 10_001;
  expect(await codes.find('s1')).toBeUndefined();
  await codes.upsert('s2', { grantId: 'g1' }, 10);
  await codes.revokeByGrantId('g1');
  expect(await codes.find('s2')).toBeUndefined();
  await sessions.destroy('s1');
  expect(await sessions.findByUid('u1')).toBeUndefined();
});

test('abandoned sign-ins do not pile up', async () => {
  let now = 0;
  const store = memoryStore(() => (now += 1));
  const interactions = store('Interaction');
  for (let i = 0; i < 20_000; i++) await interactions.upsert(`i${i}`, { uid: 'last' }, 0.1);
  const started = performance.now();
  expect(await interactions.findByUid('nobody')).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(50);
});
