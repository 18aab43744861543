import { findNode } from '@xiangjing/scenario-sdk';

export const nameOf = (adcode: string): string => findNode(adcode)?.nameZh ?? adcode;
