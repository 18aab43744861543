import { expect, it } from 'vitest';
import { createTokens } from './node-api.ts';

it('asks once for many calls at once, again when the token is old, and again after a failure', async () => {
  let [asked, at] = [0, 0];
  const token = createTokens(
    async (user) => {
      await Promise.resolve();
      if (++asked === 3) throw new Error('refused');
      return { text: `${user} ${asked}`, until: at + 10 };
    },
    () => at,
  );
  expect(await Promise.all([token('a'), token('a'), token('a')])).toEqual(['a 1', 'a 1', 'a 1']);
  expect(await token('a')).toBe('a 1');
  at = 11;
  expect(await token('a')).toBe('a 2');
  await expect(token('b')).rejects.toThrow('refused');
  expect(await token('b')).toBe('b 4');
});
