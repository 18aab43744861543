export interface ReaderState {
  /** The life of the topic this reading is in; null before the first record. */
  incarnation: string | null;
  /** Every record since the topic's start has passed in this reading, or will. */
  fromStart: boolean;
}
export interface Met {
  state: ReaderState;
  /** Rewind: read again from the topic's start; this record comes back then. */
  do: 'take' | 'rewind' | 'set-aside';
}

/** Where a reading begins: at the mark kept with the cursor, or at the start where the topic does not reach that far any more. */
export function beginReading(
  mark: { incarnation: string; nextOffset: number } | null,
  { endOffset }: { endOffset: number },
): { state: ReaderState; offset: number } {
  if (!mark || mark.nextOffset > endOffset) return { state: { incarnation: null, fromStart: true }, offset: 0 };
  return { state: { incarnation: mark.incarnation, fromStart: false }, offset: mark.nextOffset };
}

/**
 * Offsets mean nothing across lives of a topic: who meets another one goes back to the start, once. A reading that comes from
 * the start has passed all there is and takes it as it comes, so that two lives in one topic, or forged marks, make no loop.
 */
export function meet(state: ReaderState, { incarnation }: { incarnation: string | null }): Met {
  if (incarnation === null) return { state, do: 'set-aside' };
  if (incarnation === state.incarnation) return { state, do: 'take' };
  return { state: { incarnation, fromStart: true }, do: state.fromStart ? 'take' : 'rewind' };
}

/** The reading has reached the topic's end. Whatever life it meets from here on began while it was reading. */
export const reachedEnd = (state: ReaderState): ReaderState => (state.incarnation === null ? state : { ...state, fromStart: false });
