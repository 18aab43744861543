/** Simulated time: things happen one after another at their instant, in the order asked where that is the same. */
export interface Timeline {
  now(): number;
  in(ms: number, action: () => void): void;
  /** Lets time pass up to and including an instant. */
  run(untilMs: number): void;
}
interface Entry {
  at: number;
  order: number;
  action: () => void;
}

export function createTimeline(): Timeline {
  const heap: Entry[] = [];
  let now = 0;
  let count = 0;
  const isBefore = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.order < b.order);

  function push(entry: Entry): void {
    let index = heap.length;
    while (index > 0) {
      const above = (index - 1) >> 1;
      if (!isBefore(entry, heap[above]!)) break;
      heap[index] = heap[above]!;
      index = above;
    }
    heap[index] = entry;
  }

  function pop(): Entry {
    const first = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return first;
    let index = 0;
    for (;;) {
      let below = 2 * index + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below += 1;
      if (!isBefore(heap[below]!, last)) break;
      heap[index] = heap[below]!;
      index = below;
    }
    heap[index] = last;
    return first;
  }

  return {
    now: () => now,
    in: (ms, action) => push({ at: now + ms, order: (count += 1), action }),
    run(untilMs) {
      while (heap[0] && heap[0].at <= untilMs) {
        const { at, action } = pop();
        now = at;
        action();
      }
      now = untilMs;
    },
  };
}
