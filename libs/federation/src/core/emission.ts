import type { RetractReason } from '@xiangjing/scenario-sdk';

/** What was last sent for a record in a view. */
export type Sent = { state: 'live' | 'retracted'; contentDigest: string } | null;
/** What the view should hold of it now. */
export type Wanted = { content: string } | { absent: RetractReason };
export type Emission = 'upsert' | 'retract' | 'nothing' | 'hold';

/**
 * What leaves for one record in one view. Nothing, if the view has it already. A record with a blocked event waits, so that no
 * later upsert overtakes it; a retraction always goes.
 */
export function decideEmission(sent: Sent, wanted: Wanted, blocked: boolean): Emission {
  if ('absent' in wanted) return sent?.state === 'live' ? 'retract' : 'nothing';
  if (sent?.state === 'live' && sent.contentDigest === wanted.content) return 'nothing';
  return blocked ? 'hold' : 'upsert';
}
