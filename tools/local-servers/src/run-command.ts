import { spawn } from 'node:child_process';

export interface CommandResult {
  /** Null if a signal ended it, or it could not be started at all. */
  code: number | null;
  /** Both streams, as they came. */
  output: string;
  /** The program is not there. */
  isMissing: boolean;
}

/** Runs a program to its end. Never rejects: what went wrong stands in the result. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv | undefined } = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: options.cwd, env: options.env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ code: null, output: error.message, isMissing: error.code === 'ENOENT' }),
    );
    child.once('close', (code) => resolve({ code, output, isMissing: false }));
  });
}

export const lastLines = (text: string, count = 8): string => text.trimEnd().split('\n').slice(-count).join('\n');
