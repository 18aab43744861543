import { DemoError } from '../demo-error.ts';
import type { Folder } from '../folder.ts';
import { nameOf } from '../name-of.ts';

/**
 * A node whose seeding was broken off goes on with the same accounts only: a step that is repeated is known by who did it, and a
 * user of another identity provider is somebody else, for whom every record would be made again.
 */
export function ensureSameIdentity(folder: Folder, adcode: string, identityUrl: string): void {
  const begun = folder.kept.seeding?.[adcode];
  if (begun === undefined || begun === identityUrl || folder.kept.seeded.includes(adcode)) return;
  throw new DemoError(
    `${adcode} ${nameOf(adcode)} got a part of its example records while its users signed in at ${begun}; now it would be ${identityUrl}`,
    'start once more as before (with or without --keycloak, same --port-base), or delete the folder; afterwards you may change it',
  );
}
