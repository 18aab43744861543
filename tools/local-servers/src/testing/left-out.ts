import { missingPrograms } from '../prerequisites.ts';

/** Says at the very end of a run which suites this machine could not run, so that nobody takes the figure above for the whole. */
export default function (): () => void {
  const missing = missingPrograms();
  return () => {
    if (missing.length === 0) return;
    console.error('\nLEFT OUT: every suite on a real Kafka and a real Keycloak (*.kafka.test.ts, *.keycloak.test.ts). This machine lacks:');
    for (const { program, remedy } of missing) console.error(`  ${program} → ${remedy}`);
  };
}
