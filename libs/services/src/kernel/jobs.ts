import type { ServiceContext } from './context.ts';

/** What a service's own work needs: a context of the job that acts, made anew for each run. */
export interface JobContext {
  jobContext(name: string): ServiceContext;
}

/**
 * Runs a job now and then every `everyMs`, never beside itself: a turn that comes while it still runs is left out. A job states the state it expects, so that running it twice, or in
 * two processes, acts once.
 */
export function repeat(job: (ctx: ServiceContext) => Promise<unknown>, options: JobContext & { name: string; everyMs: number }) {
  let isBusy = false;
  const run = async (): Promise<void> => {
    isBusy = true;
    const ctx = options.jobContext(options.name);
    await job(ctx).catch((err: unknown) => ctx.log.error({ err, job: options.name }, 'a job failed; it runs again later'));
    isBusy = false;
  };
  let running = run();
  const timer = setInterval(() => {
    if (!isBusy) running = run();
  }, options.everyMs);
  return {
    stop: async (): Promise<void> => {
      clearInterval(timer);
      await running;
    },
  };
}
