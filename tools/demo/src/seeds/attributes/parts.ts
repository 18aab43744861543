import type { JsonObject } from '@xiangjing/scenario-sdk';
import { plusDays } from '../dates.ts';

export const when = (is: boolean, then: JsonObject): JsonObject => (is ? then : {});

/** A permission of an authority that does not exist, valid for four years. */
export const approval = (number: string, authority: string, from: string): JsonObject => ({
  number,
  authority,
  validFrom: from,
  validTo: plusDays(from, 1460),
});
