/** Tells a person what failed and what to type next. */
export function explainAndExit(error: unknown): never {
  const told = (error instanceof Error ? error : new Error(String(error))) as Error & { code?: string; remedy?: string };
  console.error(`\n${told.code ? `${told.code}: ` : ''}${told.message}`);
  if (told.remedy) console.error(`→ ${told.remedy}`);
  else if (told.name !== 'DemoError') console.error(told.stack);
  process.exit(1);
}
