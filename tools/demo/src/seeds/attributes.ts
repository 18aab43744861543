import type { DomainCode, JsonObject, Kind } from '@xiangjing/scenario-sdk';
import { cultureTechnology } from './attributes/culture-technology.ts';
import { healthcare } from './attributes/healthcare.ts';
import { lowAltitudeEconomy } from './attributes/low-altitude-economy.ts';
import type { Making } from './common-core.ts';

export interface Told {
  kind: Kind;
  core: JsonObject;
  /** The first scenario type. */
  term: string;
}

const WRITERS: Partial<Record<DomainCode, (make: Making, told: Told) => JsonObject>> = {
  'culture-technology': cultureTechnology,
  healthcare,
  'low-altitude-economy': lowAltitudeEconomy,
};

/** The attributes of the record's first domain, where that domain has a plug-in. */
export function attributesOf(make: Making, kind: Kind, core: JsonObject): JsonObject {
  const [domain] = core['domains'] as [DomainCode];
  const [term] = core['scenarioTypes'] as [string];
  return WRITERS[domain]?.(make, { kind, core, term }) ?? {};
}
