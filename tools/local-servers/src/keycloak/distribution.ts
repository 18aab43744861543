import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { prepared, type CacheFolder } from '../cache.ts';
import type { Java } from '../java.ts';
import { DEPENDENCY_PLUGIN, runMaven } from '../maven.ts';
import { lastLines, runCommand } from '../run-command.ts';
import { LocalServerError } from '../server-error.ts';

export const KEYCLOAK_VERSION = '26.7.3';
/** Fixed when built: a start that wants others is refused. They are part of the folder's name, by `BUILD`. */
const BUILD_OPTIONS = ['--db=dev-file', '--health-enabled=true', '--https-client-auth=request'];
const BUILD = 'file-health';

export const KEYCLOAK_FOLDER: CacheFolder = {
  name: `keycloak-${KEYCLOAK_VERSION}-${BUILD}`,
  expected: ['lib/quarkus-run.jar', 'lib/quarkus/quarkus-application.dat', 'themes', 'providers', 'conf', 'built'],
};

/** Keycloak's distribution, unpacked and built once into the cache; where it stands. */
export function keycloakDistribution(java: Java): Promise<string> {
  return prepared({
    ...KEYCLOAK_FOLDER,
    make: async (scratch) => {
      await unpack(scratch);
      await build(scratch, java);
      await mkdir(join(scratch, 'built'));
    },
  });
}

/**
 * Without a project the plug-in keeps marks in a folder of the current one, and takes a mark for the unpacked files: told to
 * overwrite, in a folder of its own, it does what it says.
 */
async function unpack(scratch: string): Promise<void> {
  const work = join(scratch, 'unpacking');
  await mkdir(work);
  const artifact = `org.keycloak:keycloak-quarkus-dist:${KEYCLOAK_VERSION}:tar.gz`;
  await runMaven(
    [`${DEPENDENCY_PLUGIN}:unpack`, `-Dartifact=${artifact}`, `-DoutputDirectory=dist`, '-Dmdep.overWriteReleases=true'],
    work,
  );
  const unpacked = join(work, 'dist', `keycloak-${KEYCLOAK_VERSION}`);
  for (const entry of await readdir(unpacked).catch(() => [])) await rename(join(unpacked, entry), join(scratch, entry));
  await rm(work, { recursive: true });
}

async function build(scratch: string, java: Java): Promise<void> {
  const env = { ...process.env, JAVA: java.command };
  const { code, output } = await runCommand(join(scratch, 'bin/kc.sh'), ['build', ...BUILD_OPTIONS], { cwd: scratch, env });
  if (code !== 0)
    throw new LocalServerError('ARTIFACT_MISSING', `Keycloak’s build ended with ${code}:\n${lastLines(output)}`, 'mend what its lines say');
}
