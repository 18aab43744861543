import type { ScenarioKind, TermCode } from '@xiangjing/scenario-sdk';

/**
 * A need that a scenario manager in Hunan could really have, written once per scenario type of the plan and placed in a city by its
 * slots (`{city}`, `{park}` … of places.ts). An opportunity states it; a demonstration elsewhere shows it solved.
 */
export interface Theme {
  term: TermCode;
  title: string;
  problem: string;
  today: string;
  wanted: string;
  metric: { name: string; unit: string; from: number; to: number; by: string };
  essential: string[];
  kind?: ScenarioKind;
}

/** A product or service a supplier offers for a scenario type. */
export interface Offer {
  term: TermCode;
  title: string;
  what: string;
  how: string;
  difference: string;
  maturity: number;
}
