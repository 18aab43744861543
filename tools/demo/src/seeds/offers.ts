import { governanceOffers } from './offers/governance.ts';
import { industryOffers } from './offers/industry.ts';
import { livelihoodOffers } from './offers/livelihood.ts';

export const offers = [...industryOffers, ...governanceOffers, ...livelihoodOffers];
