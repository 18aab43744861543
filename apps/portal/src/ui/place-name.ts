import { findNode } from '@xiangjing/scenario-sdk';
import type { TFunction } from 'i18next';
import { zhCn } from '../i18n/zh-cn.ts';

type ShortNamed = keyof typeof zhCn.places;
const isShortNamed = (adcode: string): adcode is ShortNamed => adcode in zhCn.places;

/** 长沙, 省级: for tiles and badges. A code without a short name stands for itself. */
export const shortPlace = (t: TFunction, adcode: string): string => (isShortNamed(adcode) ? t(`places.${adcode}`) : adcode);

/** 长沙市, 湖南省: the official name. */
export const fullPlace = (adcode: string): string => findNode(adcode)?.nameZh ?? adcode;
