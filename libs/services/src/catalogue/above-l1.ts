import type { Label } from '@xiangjing/scenario-sdk';

/** What is read is above L1, so that the read is audited first. */
export const aboveL1 = (labels: readonly Label[]): boolean => labels.some((label) => label.level !== 'L1');
