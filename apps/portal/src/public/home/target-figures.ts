import type { TFunction } from 'i18next';
import type { TargetFigure } from '../../views.ts';

/** How far a target is: the width of its bar, never past the end, and the same in words. */
export function targetProgress(t: TFunction, { count, minimum }: TargetFigure): { width: number; text: string } {
  const percent = Math.floor((count / minimum) * 100);
  return { width: Math.min(100, percent), text: count >= minimum ? t('home.aimReached') : t('home.aimPercent', { percent }) };
}
