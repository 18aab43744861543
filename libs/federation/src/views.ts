import type { View } from '@xiangjing/scenario-sdk';

export const isProvince = (adcode: string): boolean => adcode.endsWith('0000');

/** The feeds a node writes. */
export const ownViews = (adcode: string): readonly View[] => (isProvince(adcode) ? ['down', 'public'] : ['up', 'peer', 'public']);

/** What a city pushes to the province; rows of `public` wait until a public replica reads them. */
export const PUSHED_VIEWS = ['up', 'peer'] as const satisfies readonly View[];

/** The feeds that a node writes to its topics: those that another node reads. */
export const loggedViews = (adcode: string): readonly View[] => (isProvince(adcode) ? ['down'] : PUSHED_VIEWS);

/** A feed that passes through a node without being applied there: other cities' `peer` at the province, on its way to cities. */
export const isRelayed = (adcode: string, view: string): boolean => isProvince(adcode) && view === 'peer';

/** From the richest view to the poorest: what a receiver that holds several builds its replica from. */
export const RICHNESS: readonly string[] = ['up', 'down', 'peer', 'public'];
