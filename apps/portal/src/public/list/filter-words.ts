import { findNode, Kind, ScenarioKind, Stage } from '@xiangjing/scenario-sdk';
import type { TFunction } from 'i18next';
import type { Filter } from '../../paths.ts';
import { shortPlace } from '../../ui/place-name.ts';
import type { Vocabulary } from '../../views.ts';
import { domainName } from '../../ui/domain-name.ts';

/** The word for one value of a filter. A value nobody knows stands for itself: it came from an address. */
export function filterWord(t: TFunction, vocabulary: Vocabulary, filter: Filter, value: string): string {
  if (filter === 'kind') return Kind.safeParse(value).success ? t(`words.kind.${value as Kind}`) : value;
  if (filter === 'stage') return Stage.safeParse(value).success ? t(`words.stage.${value as Stage}`) : value;
  if (filter === 'scenarioKind') return ScenarioKind.safeParse(value).success ? t(`words.scenarioKind.${value as ScenarioKind}`) : value;
  if (filter === 'domain') return domainName(value);
  return findNode(value) ? shortPlace(t, value) : (vocabulary.regions.find((region) => region.adcode === value)?.nameZh ?? value);
}

/** Filters with short values stand in two columns. */
export const isNarrow = (filter: Filter): boolean => filter === 'region' || filter === 'origin';
