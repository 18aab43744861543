import { createInstance, type i18n, type TFunction } from 'i18next';
import { zhCn } from './zh-cn.ts';

export type { TFunction };

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof zhCn };
  }
}

/** The texts of one language. All are in the bundle, so they are there at once and a server can use them without waiting. */
export function createTexts(): i18n {
  const texts = createInstance();
  void texts.init({
    lng: 'zh-CN',
    resources: { 'zh-CN': { translation: zhCn } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return texts;
}
