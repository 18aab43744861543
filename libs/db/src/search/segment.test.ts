import { expect, test } from 'vitest';
import { initialsOf } from './initials.ts';
import { queryWords, segment } from './segment.ts';

test.each(['马栏山', '低空经济', '湘江新区', '长株潭', '湘易办', '城陵矶', '即时配送', '智能网联汽车', '场景创新券', '先试用后付费'])(
  '%s is one word of a query, and is indexed',
  async (word) => {
    expect(await queryWords(word)).toEqual([word]);
    expect(await segment(`推进${word}建设`)).toContain(word);
  },
);

test('a long word is indexed with the shorter ones inside it', async () => {
  expect(await segment('无人机即时配送')).toEqual(expect.arrayContaining(['无人机', '即时配送']));
});

test('full-width letters, case and punctuation make no difference', async () => {
  expect(await queryWords('ＡＩ　教室（试点）')).toEqual(await queryWords('ai 教室 试点'));
  expect(await segment('……！？')).toEqual([]);
  expect(await segment('  ')).toEqual([]);
});

test('first letters of the readings, by the word and not by the sign', async () => {
  expect(await initialsOf('低空经济')).toBe('dkjj');
  expect(await initialsOf('长沙市重大场景')).toBe('csszdcj'); // cháng, not zhǎng; zhòng, not chóng
  expect(await initialsOf('AI教室（5G）')).toBe('aijs5g');
  expect(await initialsOf('')).toBe('');
});
