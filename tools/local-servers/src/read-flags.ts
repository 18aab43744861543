import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/** The command line of a server's own command; a wrong one ends with a line and the help, `--help` with the help. */
export function readFlags<T extends ParseArgsOptionsConfig>(options: T, help: string) {
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    console.log(help);
    process.exit(0);
  }
  try {
    return parseArgs({ options, strict: true }).values;
  } catch (error) {
    refuseFlag(error instanceof Error ? error.message : String(error), help);
  }
}

export function readPort(text: string | undefined, help: string): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1024 && port <= 65_535) return port;
  refuseFlag(`--port: “${text}” is no port from 1024 to 65535`, help);
}

export function refuseFlag(message: string, help: string): never {
  console.error(`${message}\n\n${help}`);
  process.exit(1);
}
