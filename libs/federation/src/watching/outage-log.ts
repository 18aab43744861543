import type { Logger } from '@xiangjing/platform';

export interface OutageLog {
  note(error: unknown): void;
  over(): void;
}

/** Says once that something fails, as long as it fails in the same way, and once that it works again. */
export function createOutageLog(log: Logger, about: Record<string, unknown>, text: string): OutageLog {
  let told: string | null = null;
  return {
    note(error) {
      const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
      const now = `${String(code)} ${String(message)}`;
      if (now === told) log.debug({ err: error, ...about }, text);
      else log.warn({ err: error, ...about }, text);
      told = now;
    },
    over() {
      if (told !== null) log.info(about, 'it works again');
      told = null;
    },
  };
}
