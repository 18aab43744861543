import { findRegion } from '@xiangjing/scenario-sdk';
import { shortName } from './organisations.ts';
import places from './places.json' with { type: 'json' };
import type { Random } from './random.ts';

const table: Record<string, Record<string, string[]>> = places;

/** One theme's place: the same name for the same slot in all its texts. */
export interface Placing {
  fill(text: string): string;
  /** The county that the texts name, else the node itself. */
  region(texts: readonly string[]): string;
  /** Where exactly, if the texts name a park, a station or another place without a code. */
  place(texts: readonly string[]): string | undefined;
}

const WITHOUT_CODE = ['park', 'scenic', 'port', 'hub', 'market', 'road', 'river', 'mountain'];

/** Chooses a name for every slot that themes may use. */
export function placeIn(adcode: string, random: Random): Placing {
  const own = table[adcode] ?? {};
  const codes = { city: adcode, county: random.pick(own['counties'] ?? [adcode]), rural: random.pick(own['rural'] ?? [adcode]) };
  const names: Record<string, string> = { short: shortName(adcode) };
  for (const [slot, code] of Object.entries(codes)) names[slot] = findRegion(code)?.nameZh ?? code;
  for (const [slot, choice] of Object.entries(own)) names[slot] ??= random.pick(choice);

  const uses = (texts: readonly string[], slot: string) => texts.some((text) => text.includes(`{${slot}}`));
  return {
    fill: (text) => text.replace(/\{(\w+)\}/g, (_, slot: string) => names[slot] ?? missing(slot, adcode)),
    region: (texts) => (uses(texts, 'rural') ? codes.rural : uses(texts, 'county') ? codes.county : adcode),
    place: (texts) => names[WITHOUT_CODE.find((slot) => uses(texts, slot)) ?? ''],
  };
}

function missing(slot: string, adcode: string): never {
  throw new RangeError(`places.json has no “${slot}” for ${adcode}: add it, or use another slot in the theme`);
}
