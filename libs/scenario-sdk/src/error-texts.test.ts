import { describe, expect, it } from 'vitest';
import { ERROR_TEXTS, inChinese } from './error-texts.ts';
import { ERRORS } from './errors.ts';

describe('the texts of the codes', () => {
  it('are there for every code, and for no other', () => {
    expect(Object.keys(ERROR_TEXTS)).toEqual(Object.keys(ERRORS));
  });

  it.each(Object.entries(ERROR_TEXTS))('%s says what happened and what to do, in Chinese, short enough for a line', (_code, texts) => {
    for (const text of texts) {
      expect(text).toMatch(/\p{Script=Han}/u);
      expect(text).not.toMatch(/[。，；：！？、]$|\s$/); // whoever shows it puts it into a sentence
      expect([...text].length).toBeLessThanOrEqual(80);
    }
  });
});

describe('what is told to a person', () => {
  const [what, todo] = ERROR_TEXTS.REGISTRY_INVALID;

  it('stays as it was said in Chinese', () => {
    const said = { message: '还没有节点名册', remedy: '先运行 xiangjing federation init' };
    expect(inChinese({ code: 'REGISTRY_INVALID', ...said })).toEqual({ ...said, detail: '' });
    expect(inChinese({ code: 'ROLE', message: '不能这样做' })).toEqual({ message: '不能这样做', remedy: '', detail: '' });
  });

  it('is the text of the code where it was said in English, which stays behind it', () => {
    expect(inChinese({ code: 'REGISTRY_INVALID', message: 'this node has not joined', remedy: 'join' })).toEqual({
      message: what,
      remedy: todo,
      detail: 'this node has not joined; join',
    });
    expect(inChinese({ code: 'REGISTRY_INVALID', message: '', remedy: '' })).toEqual({ message: what, remedy: todo, detail: '' });
    const half = inChinese({ code: 'REGISTRY_INVALID', message: '名册过旧', remedy: 'tell its operator' });
    expect(half).toEqual({ message: '名册过旧', remedy: todo, detail: 'tell its operator' });
  });

  it('keeps the command that the English names, once', () => {
    const remedy = 'see on the province who else can, with xiangjing federation topics --plan';
    expect(inChinese({ code: 'EVENT_MALFORMED', message: 'x', remedy }).remedy).toMatch(/查看；命令：xiangjing federation topics --plan$/);
    expect(inChinese({ code: 'SIGNATURE_INVALID', message: 'x', remedy }).remedy).toBe(ERROR_TEXTS.SIGNATURE_INVALID[1]);
  });

  it('is Chinese for a code of another release too', () => {
    const told = inChinese({ code: 'NEW_FAULT', message: 'something new', remedy: 'x' });
    expect(`${told.message} ${told.remedy}`).toMatch(/不认识.*升级/);
    expect(told.detail).toBe('something new; x');
  });
});
