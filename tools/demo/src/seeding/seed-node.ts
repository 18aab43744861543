import type { NodeApi } from '../node-api.ts';
import { ProblemError } from '../node-api.ts';
import type { SeedOrganisation } from '../seeds/organisations.ts';
import { seedsOf, type SeedRecord } from '../seeds/seeds-of-node.ts';
import { inParallel } from './in-parallel.ts';
import { seedRecord } from './seed-record.ts';

const WIDTH = 4;

/** Puts the demo's organisations and records into a node through its REST verbs, never around them. Safe to repeat. */
export async function seedNode(api: NodeApi, today: string, signal: AbortSignal): Promise<number> {
  const { organisations, records } = seedsOf(api.adcode, today);
  let resume = false;
  await inParallel(organisations, WIDTH, async (organisation) => {
    signal.throwIfAborted();
    if (!(await createOrganisation(api, organisation))) resume = true;
  });
  const ids = new Map<string, string>();
  const make = (record: SeedRecord) => {
    signal.throwIfAborted();
    return seedRecord(api, record, { ids, resume });
  };
  const hasSource = (r: SeedRecord) => r.from !== undefined;
  await inParallel(
    records.filter((r) => !hasSource(r)),
    WIDTH,
    make,
  );
  await inParallel(records.filter(hasSource), WIDTH, make);
  return records.length;
}

/** False if it was there already. */
async function createOrganisation(api: NodeApi, { uscc, name, type, region, industry }: SeedOrganisation): Promise<boolean> {
  try {
    await api.post('/organisations', { uscc, name, type, region, industry }, { user: 'coordinator' });
    return true;
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'ORGANISATION_EXISTS') return false;
    throw error;
  }
}
