import type { Label } from '@xiangjing/scenario-sdk';
import type { TFunction } from 'i18next';

/** A label as people say it: its level, and what makes it strict beside the level. */
export const labelWords = (t: TFunction, { level, pi, safety }: Label): string =>
  [level, pi !== 'none' && t(`edit.label.pi.${pi}`), safety === 'ps' && t('edit.label.ps')].filter(Boolean).join(' · ');
