import type { pinyin } from 'pinyin-pro';

/** Read on the first text and never before, for its memory; and asked for once, for `import` takes as long as a title. */
let loading: Promise<typeof pinyin> | undefined;
const table = (): Promise<typeof pinyin> => (loading ??= import('pinyin-pro').then((loaded) => loaded.pinyin));

/** First letters of the readings, as people type them: 低空经济 → dkjj. Latin letters and digits stay. */
export async function initialsOf(text: string): Promise<string> {
  if (text === '') return '';
  const pinyin = await table();
  const letters = pinyin(text.normalize('NFKC'), { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' });
  return letters
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
