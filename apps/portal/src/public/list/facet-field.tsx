import { DOMAIN_CODES, findNode, isWithin, NODES, PROVINCE, ScenarioKind, Stage } from '@xiangjing/scenario-sdk';
import { useTranslation } from 'react-i18next';
import { useSite } from '../../site-context.tsx';
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

/** Prefectures everywhere; counties only at the node of their own city, where they are what people look for. */
const isNear = (adcode: string, home: string): boolean => findNode(adcode) !== undefined || (home !== PROVINCE && isWithin(adcode, home));

interface FacetFieldProps {
  filter: Filter;
  chosen: readonly string[];
  values: RecordList['facets'][Filter];
  vocabulary: Vocabulary;
}

/** One facet: the values that would find something, each with its count, and those chosen already. */
export function FacetField({ filter, chosen, values, vocabulary }: FacetFieldProps) {
  const { t } = useTranslation();
  const { node } = useSite();
  const counts = new Map(values.map(({ value, count }) => [value, count]));
  const place = (code: string) => (ORDER[filter].indexOf(code) + 1 || ORDER[filter].length + 1) * 1e7 + (Number(code) || 0);
  const isShown = (code: string) => filter !== 'region' || isNear(code, node.adcode) || chosen.includes(code);
  const codes = [...new Set([...counts.keys(), ...chosen])].filter(isShown).sort((a, b) => place(a) - place(b));
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
