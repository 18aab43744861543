export type Serially = <T>(work: () => Promise<T>) => Promise<T>;

/** Runs one piece of work at a time, in the order asked. */
export function createSerial(): Serially {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => {});
    return next;
  };
}
