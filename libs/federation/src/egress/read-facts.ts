import type { Queryable } from '@xiangjing/db';
import { factSubject, rank, type FactData, type Label } from '@xiangjing/scenario-sdk';
import type { Intent } from './egress-batch.ts';

export interface FactRow {
  subject: string;
  factId: string;
  type: string;
  rootId: string;
  occurredOn: string;
  scenarioKind: FactData['scenarioKind'];
  domains: FactData['domains'];
  region: string;
}

/** The facts that these intents announce, by fact id. */
export async function readFacts(client: Queryable, adcode: string, intents: readonly Intent[]): Promise<Map<string, FactRow>> {
  const ids = intents.flatMap((intent) => (intent.event === 'fact.recorded' && intent.body.factId ? [intent.body.factId] : []));
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<Omit<FactRow, 'subject'>>(
    `select fact_id as "factId", type, root_id as "rootId", occurred_on::text as "occurredOn", scenario_kind as "scenarioKind", domains, region
     from fact where fact_id = any ($1)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.factId, { ...row, subject: factSubject(adcode, row.factId) }]));
}

/**
 * A fact as the province may have it. Where the label of its record keeps it in the city it travels sealed; of important and core
 * data nothing leaves at all.
 */
export function factDataOf(fact: FactRow, label: Label | undefined): FactData | null {
  if (label && rank('level', label.level) > rank('level', 'L4')) return null;
  const { factId, type, occurredOn, domains } = fact;
  const sealed = !label || label.level === 'L4' || label.pi === 'spi' || label.safety === 'ps';
  const open = sealed
    ? { rootId: '', scenarioKind: null, region: '' }
    : { rootId: fact.rootId, scenarioKind: fact.scenarioKind, region: fact.region };
  return { factId, type, occurredOn, domains, sealed, ...open };
}
