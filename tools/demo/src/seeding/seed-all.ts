import type { Folder } from '../folder.ts';
import { nameOf } from '../name-of.ts';
import type { NodeApi } from '../node-api.ts';
import type { Progress } from '../progress.ts';
import { inParallel } from './in-parallel.ts';
import { seedNode } from './seed-node.ts';

/** How many nodes are seeded side by side: more only wait for two cores. */
const SEEDS = 3;

/** Gives every node that has none its example records. */
export async function seedAll(
  folder: Folder,
  apis: readonly NodeApi[],
  { progress, signal }: { progress: Progress; signal: AbortSignal },
): Promise<void> {
  const fresh = apis.filter((api) => !folder.kept.seeded.includes(api.adcode));
  await inParallel(fresh, SEEDS, async (api) => {
    signal.throwIfAborted();
    folder.save({ seeding: { ...folder.kept.seeding, [api.adcode]: api.identityUrl } });
    const count = await seedNode(api, folder.kept.today, signal);
    folder.save({ seeded: [...folder.kept.seeded, api.adcode] });
    progress.step(`${api.adcode} ${nameOf(api.adcode)} has its ${count} example records`);
  });
}
