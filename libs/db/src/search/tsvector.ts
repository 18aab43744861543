/** A `tsvector` literal made here and not by PostgreSQL's parser, which knows no Chinese words and depends on the locale. */
const HIGHEST_POSITION = 16_383;
const quote = (lexeme: string): string => `'${lexeme.replace(/['\\]/g, '$&$&')}'`;

export type Weight = 'A' | 'B' | 'C' | 'D';

export function tsvector(texts: { [weight in Weight]?: readonly string[] | undefined }): string {
  const lexemes: string[] = [];
  let position = 0;
  for (const [weight, words] of Object.entries(texts))
    for (const word of words ?? []) lexemes.push(`${quote(word)}:${Math.min(++position, HIGHEST_POSITION)}${weight}`);
  return lexemes.join(' ');
}

/** All words must be there; each may go on: 低空 finds 低空经济. */
export const tsquery = (words: readonly string[]): string => [...new Set(words)].map((word) => `${quote(word)}:*`).join(' & ');
