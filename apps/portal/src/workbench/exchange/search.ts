import { z } from '@xiangjing/scenario-sdk';

/** The record whose journey is looked at stands in the address. */
export const ExchangeSearch = z.object({ record: z.string().optional().catch(undefined) });
