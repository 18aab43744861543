const SHANGHAI = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' });

/** The plain date in Asia/Shanghai at an instant: deadlines and facts are days, not instants. */
export const dayOf = (instant: Date): string => SHANGHAI.format(instant);

/** A plain date as the database driver takes and gives it: midnight UTC. */
export const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);
export const dayFrom = (date: Date | null): string | null => (date === null ? null : date.toISOString().slice(0, 10));

export const addDays = (day: string, days: number): string => {
  const date = dateOf(day);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
};
