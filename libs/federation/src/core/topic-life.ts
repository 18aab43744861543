/**
 * What the writer remembers of its topic: its last acknowledged event and where that lies. The incarnation marks one life of the
 * topic and stands on every record, because a client cannot see that a topic was wiped, cut short or made anew.
 */
export interface TopicLife {
  incarnation: string;
  epoch: number;
  /** 0: nothing of this life is acknowledged yet. */
  seq: number;
  /** Of the last record known to be there; -1 in an empty topic. */
  offset: number;
}

/**
 * Before the first send of a client build. A topic that ends at or before what it once acknowledged has lost it. Fresh and lost
 * alike: begin a new life, from the epoch's first event, which the feed table still holds.
 */
export function judgeTopic(held: TopicLife | null, { endOffset }: { endOffset: number }): 'fresh' | 'same' | 'lost' {
  if (!held) return 'fresh';
  return endOffset <= held.offset ? 'lost' : 'same';
}

/** An acknowledgement that names an offset given out before: the topic was wiped or cut while the client went on unawares. */
export function judgeAck(held: TopicLife | null, { baseOffset }: { baseOffset: number }): 'same' | 'lost' {
  return held && baseOffset <= held.offset ? 'lost' : 'same';
}

/** A new life of a topic that ends at `endOffset` now. The incarnation is minted by the caller. */
export const beginLife = ({ incarnation, epoch, endOffset }: { incarnation: string; epoch: number; endOffset: number }): TopicLife => ({
  incarnation,
  epoch,
  seq: 0,
  offset: endOffset - 1,
});

/** After `count` records, the last of them event `seq`, were acknowledged at `baseOffset`. */
export const afterAck = (life: TopicLife, { seq, baseOffset, count }: { seq: number; baseOffset: number; count: number }): TopicLife => ({
  ...life,
  seq,
  offset: baseOffset + count - 1,
});
