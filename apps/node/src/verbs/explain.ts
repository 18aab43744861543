interface Told {
  code?: string;
  message: string;
  remedy?: string;
}

/** Exit 2: nothing was done, the input is wrong. Exit 3: a safety check refused. */
const EXIT: Record<string, number> = {
  CONFIG_INVALID: 2,
  INVITATION_INVALID: 3,
  DATABASE_OWNER: 3,
  DATABASE_ROLE: 3,
  MIGRATION_HISTORY: 3,
  REGISTRY_INVALID: 3,
};

/** Tells a person what failed, where, and what to type next; then ends the process with the verb's exit code. */
export function explainAndExit(error: unknown): never {
  const told = (error instanceof Error ? error : new Error(String(error))) as Error & Told;
  const code = told.code ?? 'INTERNAL';
  console.error(`${code}: ${told.message}`);
  if (told.remedy) console.error(`→ ${told.remedy}`);
  if (code === 'INTERNAL' || code.startsWith('ERR_')) console.error(told.stack);
  process.exit(EXIT[code] ?? 1);
}
