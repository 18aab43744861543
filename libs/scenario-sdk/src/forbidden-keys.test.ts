import { describe, expect, it } from 'vitest';
import { forbiddenKeyIn } from './forbidden-keys.ts';

describe('forbiddenKeyIn', () => {
  it.each([
    ['{"__proto__":{"admin":true}}', '/__proto__'],
    ['{"core":{"contact":{"constructor":1}}}', '/core/contact/constructor'],
    ['{"list":[1,{"prototype":null}]}', '/list/1/prototype'],
  ])('finds the key in %s', (json, pointer) => expect(forbiddenKeyIn(JSON.parse(json))).toBe(pointer));

  it.each(['{}', '[]', '"__proto__"', '{"proto":{"construct":"__proto__"}}', 'null', '3'])('finds none in %s', (json) => {
    expect(forbiddenKeyIn(JSON.parse(json))).toBeUndefined();
  });
  it('refuses a value nested beyond any real document', () => {
    const deep = JSON.parse('['.repeat(100) + ']'.repeat(100)) as unknown;
    expect(forbiddenKeyIn(deep)).toMatch(/^\/0/);
  });
});
