import { initialsOf } from './initials.ts';
import { segment } from './segment.ts';
import { tsvector } from './tsvector.ts';

export interface SearchColumns {
  search: string;
  outsideSearch: string;
  outsideText: string;
  initials: string;
  outsideInitials: string;
}

export interface SearchedTexts {
  title: string;
  summary: string;
  outsideTitle: string;
  outsideSummary: string;
  ownerName: string;
}

/**
 * What a list searches. Texts for insiders stand in `search` and `initials` only; whoever has a mere projection searches the
 * `outside…` columns, and finds nothing by a word that he would not be shown. A stub has no outside words at all.
 */
export async function searchColumns(row: SearchedTexts): Promise<SearchColumns> {
  const outsideOwner = row.outsideTitle === '' ? '' : row.ownerName;
  const [title, summary, owner, outsideTitle, outsideSummary] = await Promise.all(
    [row.title, row.summary, row.ownerName, row.outsideTitle, row.outsideSummary].map((text) => segment(text)),
  );
  return {
    search: tsvector({ A: title, B: owner, C: summary }),
    outsideSearch: tsvector({ A: outsideTitle, B: outsideOwner === '' ? [] : owner, C: outsideSummary }),
    outsideText: [row.outsideTitle, outsideOwner, row.outsideSummary]
      .filter((text) => text !== '')
      .join(' ')
      .toLowerCase(),
    initials: await initialsOf(row.title),
    outsideInitials: await initialsOf(row.outsideTitle),
  };
}
