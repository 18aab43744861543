import { queryWords } from './segment.ts';
import { tsquery } from './tsvector.ts';

export interface SearchTerms {
  /** Cast it: `search @@ $1::tsquery`. Empty if the query has no word. */
  tsquery: string;
  /** For `outside_text like $1`, wildcards of the query escaped, lower case. */
  like: string;
  /** For `outside_initials like '%' || $1 || '%'` (`initials` only where the caller may have the body); null unless the query is Latin letters. */
  initials: string | null;
}

export async function searchTerms(query: string): Promise<SearchTerms> {
  const text = query.normalize('NFKC').trim().toLowerCase();
  return {
    tsquery: tsquery(await queryWords(text)),
    like: `%${text.replace(/[\\%_]/g, '\\$&')}%`,
    initials: /^[a-z][a-z0-9]{0,29}$/.test(text) ? text : null,
  };
}
