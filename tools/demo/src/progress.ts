/** Tells a person how far the start is, a line each, on stderr: stdout belongs to `--json`. */
export interface Progress {
  step(text: string): void;
  seconds(): number;
}

export function createProgress(write: (line: string) => void = (line) => process.stderr.write(`${line}\n`), now = Date.now): Progress {
  const began = now();
  const seconds = () => Math.round((now() - began) / 100) / 10;
  return { seconds, step: (text) => write(`${seconds().toFixed(1).padStart(6)} s  ${text}`) };
}
