import { shortName } from './organisations.ts';
import type { Placing } from './place-text.ts';

/** A title that names a place of its node: a theme without a place in its title gets the city's name in front. */
export function titleOf(adcode: string, title: string, placing: Placing): string {
  const filled = placing.fill(title);
  const placed = title.includes('{') || adcode === '430000' || filled.includes(shortName(adcode));
  return placed ? filled : `${shortName(adcode)}${filled}`;
}
