import { z } from '@xiangjing/scenario-sdk';

/** In the order of the journey. */
export const TRACE_STEPS = ['committed', 'blocked', 'signed', 'sent', 'received', 'relayed', 'applied', 'repaired'] as const;

/** One step of a record's journey, as one node saw it: ids, times and codes, nothing of the record itself. */
export const TraceStep = z.object({
  /** The same step keeps its id: `<node>/<step>/<key>`. */
  id: z.string().max(400),
  /** Where it happened. */
  node: z.string().regex(/^43\d{4}$/),
  step: z.enum(TRACE_STEPS),
  /** Null where the node does not keep it. */
  at: z.iso.datetime().nullable(),
  /** The time is that of a later acknowledgement which covers this event: it happened then or before. */
  isLatest: z.boolean(),
  rev: z.number().int(),
  view: z.string().max(40).nullable(),
  eventId: z.string().max(200).nullable(),
  road: z.enum(['kafka', 'https']).nullable(),
  /** Name of the intent, type of the event, inbox outcome, state or code: what came of it. */
  outcome: z.string().max(200),
  /** Where the log keeps it; the offset is known for the newest event only. */
  log: z.object({ topic: z.string().max(200), incarnation: z.string().max(100), offset: z.number().int().nullable() }).nullable(),
});
export type TraceStep = z.infer<typeof TraceStep>;
export const TraceAnswer = z.object({ steps: z.array(TraceStep).max(1_000) });
