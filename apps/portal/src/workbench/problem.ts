import { z } from '@xiangjing/scenario-sdk';

const Issue = z.object({ pointer: z.string(), code: z.string(), message: z.string(), remedy: z.string() });
export type Issue = z.infer<typeof Issue>;

const Problem = z.object({
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  remedy: z.string(),
  traceId: z.string(),
  errors: z.array(Issue),
});
/** What went wrong, in the node's words. */
export type Problem = z.infer<typeof Problem>;

/** The node did not answer, or not in a form we know. */
const SILENT: Problem = { status: 503, code: 'UPSTREAM_UNAVAILABLE', detail: '', remedy: '', traceId: '', errors: [] };

const Carrier = z.object({ data: z.object({ problem: Problem }) });

/** Reads the problem out of a failed call. */
export function problemOf(error: unknown): Problem {
  const carried = Carrier.safeParse(error);
  return carried.success ? carried.data.data.problem : SILENT;
}
