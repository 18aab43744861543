import type { RegistryStore } from '../registry/registry-store.ts';
import { isProvince, PUSHED_VIEWS } from '../views.ts';

/** What this node reads of the others: a city the province's `down` and each other city's `peer`, the province all that cities push. */
export function feedsToRead(adcode: string, registry: RegistryStore): { origin: string; view: string }[] {
  const others = (registry.current()?.nodes ?? []).filter((node) => node.adcode !== adcode);
  if (isProvince(adcode)) return others.flatMap(({ adcode: origin }) => PUSHED_VIEWS.map((view) => ({ origin, view })));
  const province = registry.trust()?.province;
  return others.map((node) => ({ origin: node.adcode, view: node.adcode === province ? 'down' : 'peer' }));
}
