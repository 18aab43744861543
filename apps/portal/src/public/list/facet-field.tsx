import { DOMAIN_CODES, NODES, ScenarioKind, Stage } from '@xiangjing/scenario-sdk';
import { useTranslation } from 'react-i18next';
import type { Filter } from '../../paths.ts';
import type { RecordList, Vocabulary } from '../../views.ts';
import { filterWord, isNarrow } from './filter-words.ts';
import { KINDS } from '../../ui/kinds.ts';

/** The order in which people expect the values; codes outside it (counties) follow by number. */
const ORDER: Record<Filter, readonly string[]> = {
  kind: KINDS,
  domain: DOMAIN_CODES,
  region: NODES.map((node) => node.adcode),
  scenarioKind: ScenarioKind.options,
  stage: Stage.options,
  origin: NODES.map((node) => node.adcode),
};

interface FacetFieldProps {
  filter: Filter;
  chosen: readonly string[];
  values: RecordList['facets'][Filter];
  vocabulary: Vocabulary;
}

/** One facet: the values that would find something, each with its count, and those chosen already. */
export function FacetField({ filter, chosen, values, vocabulary }: FacetFieldProps) {
  const { t } = useTranslation();
  const counts = new Map(values.map(({ value, count }) => [value, count]));
  const place = (code: string) => (ORDER[filter].indexOf(code) + 1 || ORDER[filter].length + 1) * 1e7 + (Number(code) || 0);
  const codes = [...new Set([...counts.keys(), ...chosen])].sort((a, b) => place(a) - place(b));
  if (codes.length === 0) return null;
  return (
    <fieldset>
      <legend>{t(`list.facet.${filter}`)}</legend>
      <ul className={isNarrow(filter) ? 'two-col' : undefined}>
        {codes.map((code) => (
          <li key={code}>
            <label>
              <input type="checkbox" name={filter} value={code} defaultChecked={chosen.includes(code)} />
              {filterWord(t, vocabulary, filter, code)}
              <span>{counts.get(code) ?? 0}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
