import type { TFunction } from 'i18next';
import { zhCn } from '../i18n/zh-cn.ts';

type Named = keyof typeof zhCn.places.short;
const isNamed = (adcode: string): adcode is Named => adcode in zhCn.places.short;

/** 长沙, 省级: for tiles and badges. A code without a name stands for itself. */
export const shortPlace = (t: TFunction, adcode: string): string => (isNamed(adcode) ? t(`places.short.${adcode}`) : adcode);

/** 长沙市, 湘西州: in sentences and tables. */
export const wholePlace = (t: TFunction, adcode: string): string => (isNamed(adcode) ? t(`places.whole.${adcode}`) : adcode);
