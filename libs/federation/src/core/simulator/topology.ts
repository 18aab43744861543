export type SimView = 'up' | 'peer' | 'down';
export interface FeedName {
  origin: string;
  view: SimView;
}

export const PROVINCE = '430000';
export const CITIES = ['430100', '430200'] as const;
export const NODES: readonly string[] = [PROVINCE, ...CITIES];

/** The highest level of a field that a view may carry. */
export const CEILING: Record<SimView, number> = { up: 3, peer: 2, down: 2 };

export const keyOf = ({ origin, view }: FeedName): string => `${origin}.${view}`;
export const ownFeeds = (adcode: string): FeedName[] =>
  (adcode === PROVINCE ? (['down'] as const) : (['up', 'peer'] as const)).map((view) => ({ origin: adcode, view }));

/** The province reads `up`, and keeps `peer` for the relay; a city reads `down` and the other's `peer`. */
export const feedsReadBy = (adcode: string): FeedName[] =>
  NODES.filter((origin) => origin !== adcode)
    .flatMap(ownFeeds)
    .filter(({ view }) => adcode === PROVINCE || view !== 'up');

export const ALL_FEEDS: readonly FeedName[] = NODES.flatMap(ownFeeds);
