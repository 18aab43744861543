import { legacyLogicalPropertiesTransformer, StyleProvider } from '@ant-design/cssinjs';
import { ConfigProvider } from 'antd';
import zhCN from 'antd/es/locale/zh_CN.js';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useMemo, type ReactNode } from 'react';
import { useSession } from './session-context.tsx';
import { themeOf } from './theme.ts';

dayjs.locale('zh-cn'); // the kit's own locale leaves months and weekdays of the date picker in English

/** The ES form of the locale, since the other hides its parts behind `default`. A button of the calendar shows its year or month; a fixed name beside that text would hide it from those who listen. */
const locale: typeof zhCN = {
  ...zhCN,
  DatePicker: zhCN.DatePicker && { ...zhCN.DatePicker, lang: { ...zhCN.DatePicker.lang, yearSelect: '', monthSelect: '' } },
};

/** Calendars and lists open inside the part of the page they belong to, so that they are in a landmark. */
const popupPlace = (trigger?: HTMLElement): HTMLElement => trigger?.closest<HTMLElement>('.ant-modal-container, main') ?? document.body;

/**
 * The component kit with our tokens. High hash priority and the logical-property transformer keep its styles alive in the
 * engines of 360 and 搜狗 browsers; without `autoInsertSpace: false` every button of two characters would get a space.
 */
export function Kit({ children }: { children: ReactNode }) {
  const { mode, contrast } = useSession();
  const theme = useMemo(() => {
    void contrast; // the tokens on the page change with it
    return themeOf(getComputedStyle(document.documentElement), mode);
  }, [mode, contrast]);
  return (
    <StyleProvider hashPriority="high" transformers={[legacyLogicalPropertiesTransformer]}>
      <ConfigProvider locale={locale} theme={theme} button={{ autoInsertSpace: false }} getPopupContainer={popupPlace}>
        {children}
      </ConfigProvider>
    </StyleProvider>
  );
}
