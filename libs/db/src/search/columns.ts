import { initialsOf } from './initials.ts';
import { segment, segmentName } from './segment.ts';
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
  const outside = { title: row.outsideTitle, owner: row.outsideTitle === '' ? '' : row.ownerName, summary: row.outsideSummary };
  const inside = { title: row.title, owner: row.ownerName, summary: row.summary };
  const insideColumns = await columnsOf(inside);
  const isOpen = outside.title === inside.title && outside.owner === inside.owner && outside.summary === inside.summary;
  const outsideColumns = isOpen ? insideColumns : await columnsOf(outside); // the same words are not looked up twice
  return {
    search: insideColumns.search,
    initials: insideColumns.initials,
    outsideSearch: outsideColumns.search,
    outsideInitials: outsideColumns.initials,
    outsideText: Object.values(outside)
      .filter((text) => text !== '')
      .join(' ')
      .normalize('NFKC')
      .toLowerCase(),
  };
}

async function columnsOf({
  title,
  owner,
  summary,
}: {
  title: string;
  owner: string;
  summary: string;
}): Promise<{ search: string; initials: string }> {
  const [A, B, C] = await Promise.all([segment(title), segmentName(owner), segment(summary)]);
  return { search: tsvector({ A, B, C }), initials: await initialsOf(title) };
}
