import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sealer } from './sealer.ts';

const secret = 'a secret of more than thirty-two characters';
const { seal, open } = sealer(secret);

test('what was sealed opens, and only under the same binding', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, bound) => {
      expect(open(seal(text, bound), bound)).toBe(text);
      expect(() => open(seal(text, bound), `${bound}.`)).toThrow('belongs elsewhere');
    }),
  );
});

test('no single changed or missing byte opens', () => {
  const sealed = seal('{"accessToken":"x"}', 'session-1');
  for (let i = 0; i < sealed.length; i++) {
    const changed = Buffer.from(sealed);
    changed[i] = (changed[i] as number) ^ 1;
    expect(() => open(changed, 'session-1')).toThrow('not ours');
    expect(() => open(sealed.subarray(0, i), 'session-1')).toThrow('not ours');
  }
});

test('another secret opens nothing; the same text never seals to the same bytes; a short secret is refused', () => {
  expect(() => sealer(`${secret}!`).open(seal('x'))).toThrow('not ours');
  expect(seal('x').equals(seal('x'))).toBe(false);
  expect(() => sealer('changeme')).toThrow('too short');
});
