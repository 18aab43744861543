/** First letters of the readings, as people type them: 低空经济 → dkjj. Latin letters and digits stay. */
export async function initialsOf(text: string): Promise<string> {
  if (text === '') return '';
  const { pinyin } = await import('pinyin-pro');
  const letters = pinyin(text.normalize('NFKC'), { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' });
  return letters
    .join('')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
