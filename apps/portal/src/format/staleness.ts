/** A node not heard from for longer than this is late. */
const LATE_MS = 60_000;

export const isStale = (heardAt: string | null, now: Date): boolean => heardAt !== null && +now - Date.parse(heardAt) > LATE_MS;
