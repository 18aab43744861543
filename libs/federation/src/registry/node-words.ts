import { z } from '@xiangjing/scenario-sdk';

/** What a node says of itself, the same wherever it says it: what one road lets in, every table must hold. */
export const Release = z.string().max(60);
export const WireGeneration = z.number().int().positive().max(32_767);
