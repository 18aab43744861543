import type { DomainCode, JsonObject, Kind, Label } from '@xiangjing/scenario-sdk';
import { attributesOf } from './attributes.ts';
import { offersFor, placeOf, themesFor } from './choose.ts';
import { outsideTexts, type Making } from './common-core.ts';
import { coreOfCapability } from './core-of-capability.ts';
import { coreOfDemonstration } from './core-of-demonstration.ts';
import { coreOfOpportunity, domainOf } from './core-of-opportunity.ts';
import { journeyOf, type Journey } from './journey.ts';
import { labelAt, labelOf } from './label-mix.ts';
import { organisationsOf, type SeedOrganisation } from './organisations.ts';
import { placeIn } from './place-text.ts';
import { createRandom } from './random.ts';

export interface SeedRecord {
  /** Name within the node: `opportunity-07`. */
  key: string;
  kind: Kind;
  core: JsonObject;
  attrs: JsonObject;
  /** Undefined: created without a label, sealed until its owner classifies it. */
  label: Label | undefined;
  owner: SeedOrganisation;
  journey: Journey;
  /** Of a demonstration: the keys of what it came from; their ids are known when they are made. */
  from?: { opportunity: string; capabilities: string[] };
}
export interface NodeSeeds {
  adcode: string;
  organisations: SeedOrganisation[];
  records: SeedRecord[];
}

/** The demo's records of a node: the same on every machine for the same day, opportunities before the demonstrations they led to. */
export function seedsOf(adcode: string, today: string): NodeSeeds {
  const make: Making = { adcode, today, random: createRandom(Number(adcode)) };
  const organisations = organisationsOf(adcode);
  const asking = (domain: DomainCode) => make.random.pick(organisations.filter((o) => o.asks?.includes(domain)));
  const offering = (domain: DomainCode) => make.random.pick(organisations.filter((o) => o.offers?.domains.includes(domain)));

  const chosen = themesFor(adcode).map(({ theme, shown }) => {
    const domain = domainOf(theme.term);
    return { theme, shown, domain, owner: asking(domain), placing: placeIn(adcode, make.random) };
  });
  const opportunities = chosen.map(({ theme, shown, owner, placing }, i) => ({
    ...draft(make, { kind: 'opportunity', i, core: coreOfOpportunity(make, theme, owner, placing), shown }),
    owner,
  }));
  const capabilities = offersFor(adcode).map(({ offer, round }, i) => {
    const owner = offering(domainOf(offer.term));
    return { ...draft(make, { kind: 'capability', i, core: coreOfCapability(make, offer, owner, round) }), owner };
  });
  const demonstrations = chosen
    .map((c, i) => ({ ...c, opportunity: keyOf('opportunity', i) }))
    .filter((c) => c.shown)
    .map(({ theme, domain, owner, placing, opportunity }, i) => {
      const core = coreOfDemonstration(make, theme, { owner, supplier: offering(domain), placing });
      const used = capabilities.filter((c) => c.journey === 'published' && (c.core['domains'] as string[])[0] === domain).map((c) => c.key);
      return { ...draft(make, { kind: 'demonstration', i, core }), owner, from: { opportunity, capabilities: used } };
    });
  return { adcode, organisations, records: [...opportunities, ...capabilities, ...demonstrations] };
}

const keyOf = (kind: Kind, i: number): string => `${kind}-${String(i + 1).padStart(2, '0')}`;
const NOUN = { opportunity: '需求', capability: '能力', demonstration: '示范' } as const;
/** Where each kind starts in the mix of labels, so that no kind has all the high ones. */
const LABELS_FROM = { opportunity: 0, capability: 5, demonstration: 11 } as const;

interface Drafted {
  kind: Kind;
  i: number;
  core: JsonObject;
  /** It has a demonstration, so it must be published. */
  shown?: boolean;
}

function draft(make: Making, { kind, i, core, shown }: Drafted): Omit<SeedRecord, 'owner' | 'from'> {
  const domain = (core['domains'] as DomainCode[])[0] as DomainCode;
  const journey = shown ? 'published' : journeyOf(kind, i, placeOf(make.adcode));
  const shift = Number(make.adcode.slice(2, 4)) + LABELS_FROM[kind];
  const label = labelAt(make.adcode, labelOf(i + shift, domain), journey);
  const outside = label?.level === 'L3' || label?.level === 'L4' ? outsideTexts(make.adcode, domain, NOUN[kind]) : {};
  const note: JsonObject = i % 13 === 6 ? { internalNote: '内部沟通：承办人员待定，经费口径以年度批复为准，未公开前请勿外传。' } : {};
  return {
    key: keyOf(kind, i),
    kind,
    core: { ...core, ...outside, ...note },
    attrs: attributesOf(make, kind, core),
    label,
    journey,
  };
}
