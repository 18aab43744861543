import { lastLines, runCommand } from './run-command.ts';
import { LocalServerError } from './server-error.ts';

export const MAVEN_REMEDY = 'Debian: apt-get install maven; elsewhere https://maven.apache.org/install.html';

/** Pinned, as everything that is fetched. */
export const DEPENDENCY_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

/**
 * Runs Maven in a scratch folder, with the user's own settings and repository. It can end well and have brought nothing: whoever
 * calls looks for the files (`prepared` does).
 */
export async function runMaven(args: readonly string[], scratch: string, env?: NodeJS.ProcessEnv): Promise<void> {
  const { code, output, isMissing } = await runCommand('mvn', ['-B', '-ntp', '-q', ...args], { cwd: scratch, env });
  if (isMissing) throw new LocalServerError('PROGRAM_MISSING', 'Maven is needed to fetch the server, and `mvn` is not here', MAVEN_REMEDY);
  if (code !== 0)
    throw new LocalServerError(
      'ARTIFACT_MISSING',
      `Maven ended with ${code}:\n${lastLines(output)}`,
      'mend what its lines say; mirror and proxy belong into ~/.m2/settings.xml',
    );
}
