const NAMED = ['up', 'down', 'peer', 'public'] as const;

/** The view by the name it has in the texts; groups and single addressees share one. */
export const namedView = (view: string) => NAMED.find((name) => name === view) ?? 'other';
