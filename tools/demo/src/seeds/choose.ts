import { CITIES, DOMAIN_CODES, PROVINCE, type DomainCode } from '@xiangjing/scenario-sdk';
import { cityThemes } from './city-themes.ts';
import { domainOf } from './core-of-opportunity.ts';
import { offers } from './offers.ts';
import type { Offer, Theme } from './theme.ts';
import { provinceThemes } from './themes/province.ts';

/** How many opportunities a city has of a domain: more where the plan names more scenario types. */
const MANY: readonly DomainCode[] = [
  'advanced-manufacturing',
  'culture-technology',
  'government-services',
  'urban-rural-governance',
  'transport',
  'education',
];

/** A city's place among the cities: what one takes, the next leaves, so that lists of several cities are no copies. */
export const placeOf = (adcode: string): number =>
  Math.max(
    0,
    CITIES.findIndex((c) => c.adcode === adcode),
  );

/** The themes of a node's opportunities; `shown` ones have a demonstration beside them. */
export function themesFor(adcode: string): { theme: Theme; shown: boolean }[] {
  if (adcode === PROVINCE) return provinceThemes.map((theme, i) => ({ theme, shown: i % 5 === 0 }));
  const place = placeOf(adcode);
  return DOMAIN_CODES.flatMap((domain, nth) => {
    const themes = cityThemes.filter((t) => domainOf(t.term) === domain);
    const usual = MANY.includes(domain) ? 3 : 2;
    const count = usual + ((place * 7 + nth * 5) % 11 < 1 + (place % 3) ? 1 : 0); // cities differ in what they are busy with
    return Array.from({ length: count }, (_, k) => themes[(place * usual + k) % themes.length])
      .filter((theme) => theme !== undefined)
      .map((theme, k) => ({ theme, shown: k === 0 }));
  });
}

/** One offer of each domain; `round` counts the cities before this one that made the same. The province has a few. */
export function offersFor(adcode: string): { offer: Offer; round: number }[] {
  const domains = adcode === PROVINCE ? DOMAIN_CODES.filter((_, i) => i % 3 === 0) : DOMAIN_CODES;
  return domains.flatMap((domain) => {
    const own = offers.filter((o) => domainOf(o.term) === domain);
    const place = adcode === PROVINCE ? own.length - 1 : placeOf(adcode);
    const offer = own[place % own.length];
    return offer ? [{ offer, round: Math.floor(place / own.length) }] : [];
  });
}
