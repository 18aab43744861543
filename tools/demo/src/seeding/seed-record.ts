import { z } from 'zod';
import { demoCountyOf } from '../demo-users.ts';
import type { NodeApi } from '../node-api.ts';
import type { Step } from '../seeds/journey.ts';
import type { SeedRecord } from '../seeds/seeds-of-node.ts';
import { stepsLeft } from './steps-left.ts';

const Made = z.object({ id: z.string(), rev: z.number(), stage: z.string(), suspended: z.boolean() });

/**
 * Makes one record and takes it along its journey through the public verbs, each by the user whose turn it is. `ids` has what was
 * made before, by key. With `resume` the record may be there already, at any step.
 */
export async function seedRecord(
  api: NodeApi,
  seed: SeedRecord,
  { ids, resume }: { ids: Map<string, string>; resume: boolean },
): Promise<void> {
  const { owner, key, kind, attrs, label, from } = seed;
  const origin = from && { from: { opportunity: ids.get(from.opportunity), capabilities: from.capabilities.map((c) => ids.get(c)) } };
  const body = { kind, core: { ...seed.core, ...origin }, attrs, ...(label ? { label } : {}) };
  let at = Made.parse(await api.post('/records', body, { user: owner.owner, idempotencyKey: `demo-${key}` }));
  ids.set(key, at.id);
  const path = `/records/${encodeURIComponent(at.id)}`;
  if (resume) at = Made.parse(await api.get(path, owner.owner));
  for (const step of stepsLeft(seed.journey, at)) {
    const { rev } = at;
    const user = userOf(step, seed, api.adcode);
    const reasons = step.reason ? [step.reason] : [];
    const answer =
      step.verb === 'withdraw'
        ? api.post(`${path}/withdraw`, { rev, reasons }, { user })
        : api.post(`${path}/advance`, { verb: step.verb, rev, reasons }, { user });
    at = { ...at, rev: z.object({ rev: z.number() }).parse(await answer).rev };
  }
}

/** The county's own coordinator publishes what lies in the county; everything else is the city's. */
function userOf(step: Step, seed: SeedRecord, adcode: string): string {
  if (step.hand === 'owner') return seed.owner.owner;
  const inCounty = seed.core['region'] === demoCountyOf(adcode)?.adcode;
  return step.hand === 'coordinator' && inCounty ? 'county' : step.hand;
}
