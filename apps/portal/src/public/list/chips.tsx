import { useTranslation } from 'react-i18next';
import { FILTERS, listHref, listPath, queryPairs, type Filter } from '../../paths.ts';
import { Icon } from '../../ui/icon.tsx';
import type { ListPage } from '../request.ts';
import { filterWord } from './filter-words.ts';

const isFilter = (name: string): name is Filter => (FILTERS as readonly string[]).includes(name);

/** What is chosen, one link each to take it back. */
export function Chips({ page: { kind, query, vocabulary } }: { page: ListPage }) {
  const { t } = useTranslation();
  const pairs = queryPairs(kind, query);
  const chips = pairs.filter(([name]) => name !== 'sort');
  if (chips.length === 0) return null;
  const wordOf = (name: string, value: string) => {
    if (isFilter(name)) return t('list.chip', { facet: t(`list.facet.${name}`), value: filterWord(t, vocabulary, name, value) });
    if (name === 'due' && query.due) return t('list.chip', { facet: t('list.facet.due'), value: t(`list.due.${query.due}`) });
    return t('list.chip', { facet: t('list.keyword'), value });
  };
  return (
    <p className="chips">
      {chips.map((chip) => (
        <a
          key={chip.join()}
          href={listHref(
            kind,
            pairs.filter((pair) => pair !== chip),
          )}
        >
          {wordOf(...chip)} <Icon name="cross" />
          <span className="vh">{t('list.removeChip')}</span>
        </a>
      ))}
      <a className="clear" href={listPath(kind)}>
        {t('list.clear')}
      </a>
    </p>
  );
}
