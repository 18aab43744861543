import type { ThemeConfig } from 'antd';
import type { Session } from './session.ts';

/** The kit's theme, read from the tokens of styles/tokens.css as they hold in the present mode and contrast. */
export function themeOf(style: CSSStyleDeclaration, mode: Session['mode']): ThemeConfig {
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const [river, ink, ink2, ink3] = [token('river'), token('ink'), token('ink-2'), token('ink-3')];
  const isElder = mode === 'elder';
  return {
    token: {
      colorPrimary: river,
      colorLink: river,
      colorLinkHover: token('river-deep'),
      linkDecoration: 'underline',
      linkHoverDecoration: 'underline',
      colorInfo: river,
      colorSuccess: token('ok'),
      colorWarning: token('orange'),
      colorError: token('bad'),
      colorText: ink,
      colorTextSecondary: ink2,
      colorTextTertiary: ink3,
      colorTextPlaceholder: ink3,
      colorTextDisabled: ink3,
      colorTextDescription: ink3,
      colorBorder: token('edge'),
      colorBorderSecondary: token('rule'),
      colorSplit: token('rule'),
      colorBgLayout: token('mist'),
      fontFamily: token('font'),
      fontSize: isElder ? 18 : 14,
      controlHeight: isElder ? 48 : 32,
      borderRadius: 3,
      motion: false,
    },
    components: {
      Table: {
        headerBg: token('mist'),
        headerColor: ink2,
        headerSplitColor: 'transparent',
        cellPaddingBlock: 8,
        cellPaddingInline: 12,
        rowHoverBg: token('river-mist'),
      },
      Select: { optionSelectedBg: token('river-mist'), optionActiveBg: token('mist') },
      DatePicker: isElder ? { cellWidth: 42, cellHeight: 44 } : {},
      Button: { primaryShadow: 'none', defaultColor: river, defaultBorderColor: river, fontWeight: 400 },
    },
  };
}
