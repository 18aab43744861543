import { PRESETS, PROVINCE, raise, type DomainCode, type Label } from '@xiangjing/scenario-sdk';
import { JOURNEYS, type Journey } from './journey.ts';

const { pub, biz, lim, top } = PRESETS;
type Choice = 'open' | 'business' | 'limited' | 'high' | 'sealed';
const MIX: readonly Choice[] = [
  'open', 'business', 'open', 'limited', 'open', 'open', 'business', 'open', 'high', 'open', 'business', 'open', 'open', 'limited', 'open',
  'open', 'business', 'open', 'sealed',
]; // prettier-ignore

/** The label an owner of this domain would give; undefined: nobody classified the record, so it is sealed. */
export function labelOf(nth: number, domain: DomainCode): Label | undefined {
  const safety = domain === 'low-altitude-economy' || domain === 'urban-rural-governance' ? 'ps' : 'ordinary';
  switch (MIX[nth % MIX.length]) {
    case 'business':
      return biz;
    case 'limited':
      return raise(lim, { safety });
    case 'high':
      return top;
    case 'sealed':
      return undefined;
    default:
      return pub;
  }
}

/** No city holds anything of the province's records above L2, so such a record cannot be published there: it would be seen by nobody. */
export function labelAt(adcode: string, label: Label | undefined, journey: Journey): Label | undefined {
  const published = JOURNEYS[journey].some((step) => step.verb === 'publish');
  const shown = label?.level === 'L1' || label?.level === 'L2';
  return adcode === PROVINCE && published && !shown ? biz : label;
}
