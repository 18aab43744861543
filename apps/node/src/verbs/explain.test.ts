import { DomainError, ERRORS } from '@xiangjing/scenario-sdk';
import { describe, expect, it } from 'vitest';
import { explain, whyText } from './explain.ts';

const coded = (code: string, message: string, more: object = {}) => Object.assign(new Error(message), { code, ...more });

describe('what a verb says of an error', () => {
  it('is what was said in Chinese', () => {
    const error = new DomainError('REGISTRY_INVALID', '还没有节点名册', { remedy: '先运行 xiangjing federation init' });
    expect(explain(error)).toEqual({ lines: ['REGISTRY_INVALID: 还没有节点名册', '→ 先运行 xiangjing federation init'], exitCode: 3 });
  });

  it('is Chinese with what to do where a library spoke English, which stands below', () => {
    const { lines, exitCode } = explain(coded('DATABASE_OWNER', 'this database belongs to node 430200', { remedy: 'give it its own' }));
    expect(lines).toEqual([
      'DATABASE_OWNER: 这个数据库属于另一个节点',
      '→ 给本节点另建一个库，或核对 node.adcode',
      '  原文：this database belongs to node 430200; give it its own',
    ]);
    expect(exitCode).toBe(3);
  });

  it.each(Object.keys(ERRORS))('has a line in Chinese and one with what to do for %s', (code) => {
    const [first, second] = explain(coded(code, 'said in English')).lines;
    expect(first).toMatch(new RegExp(`^${code}: .*\\p{Script=Han}`, 'u'));
    expect(second).toMatch(/^→ .*\p{Script=Han}/u);
  });

  it.each(['28P01', '28000', '3D000', '42501', '53300', '57P03', 'ECONNREFUSED', 'ENOTFOUND', 'EACCES', 'ENOENT', 'ETIMEDOUT', '42P01'])(
    'says in Chinese what %s of the database or the system means',
    (code) => {
      const { lines, exitCode } = explain(coded(code, 'some words'));
      expect(lines[0]).toMatch(/: .*\p{Script=Han}/u);
      expect(lines[1]).toMatch(/^→ .*\p{Script=Han}/u);
      expect(lines[2]).toBe('  原文：some words');
      expect([lines.length, exitCode]).toEqual([3, 1]);
    },
  );

  it('goes down to the cause that the system named, for what a fetch met', () => {
    const refused = new TypeError('fetch failed', { cause: coded('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1') });
    expect(whyText(refused)).toBe('连不上，ECONNREFUSED');
    expect(whyText(new Error('no answer within 5000 ms'))).toBe('no answer within 5000 ms');
  });

  it('is the stack of an error of ours that has no name', () => {
    const { lines } = explain(new TypeError('x is not a function'));
    expect(lines.slice(0, 3)).toEqual(['INTERNAL: 程序出错', '→ 把下面的内容交给开发者', '  原文：x is not a function']);
    expect(lines[3]).toContain('explain.test.ts');
    expect(explain('a thrown text').lines[2]).toBe('  原文：a thrown text');
  });
});
