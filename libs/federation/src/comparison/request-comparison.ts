import { notify, type Queryable } from '@xiangjing/db';

/**
 * Asks this node's apply target, in whatever process it runs, to compare every feed that it reads: a city at once, the province with
 * each city's next push. What was found stands in `comparison` and `repair`. `queryable`: the app login.
 */
export const requestComparison = (queryable: Queryable): Promise<void> => notify(queryable, 'xiangjing_compare');
