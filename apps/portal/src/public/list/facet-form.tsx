import type { Kind } from '@xiangjing/scenario-sdk';
import { useTranslation } from 'react-i18next';
import { FILTERS, listPath } from '../../paths.ts';
import type { ListPage } from '../request.ts';
import { DueField } from './due-field.tsx';
import { FacetField } from './facet-field.tsx';

const Apply = ({ kind, className }: { kind: Kind | null; className: string }) => {
  const { t } = useTranslation();
  return (
    <p className={className}>
      <button className="btn">{t('list.apply')}</button>
      <a href={listPath(kind)}>{t('list.clearAll')}</a>
    </p>
  );
};

/** The filters as a plain GET form: what is chosen stands in the address, and works without a script. */
export function FacetForm({ page }: { page: ListPage }) {
  const { t } = useTranslation();
  const { kind, query, list, vocabulary } = page;
  const filters = FILTERS.filter((filter) => kind === null || filter !== 'kind');
  const name = kind === null ? t('list.allLists') : t(`words.kind.${kind}`);
  return (
    <form className="facets" id="facets" method="get" action={listPath(kind)} aria-label={t('list.filter', { list: name })}>
      <p className="shut">
        <a href="#results">{t('list.closeFilter')}</a>
      </p>
      <fieldset className="first">
        <legend>{t('list.keyword')}</legend>
        <div>
          <label className="vh" htmlFor="fq">
            {t('list.keyword')}
          </label>
          <input
            className="field"
            id="fq"
            name="q"
            type="search"
            maxLength={100}
            defaultValue={query.q}
            placeholder={t('list.keywordHint')}
          />
        </div>
      </fieldset>
      <Apply kind={kind} className="act on" />
      {filters.map((filter) => (
        <FacetField key={filter} filter={filter} chosen={query[filter] ?? []} values={list.facets[filter]} vocabulary={vocabulary} />
      ))}
      {kind === 'opportunity' && <DueField due={query.due} />}
      {query.sort && <input type="hidden" name="sort" value={query.sort} />}
      <Apply kind={kind} className="act" />
    </form>
  );
}
