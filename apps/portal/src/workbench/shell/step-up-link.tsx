import { useTranslation } from 'react-i18next';
import { stepUpPath } from '../../paths.ts';

interface StepUpLinkProps {
  /** of the node's answer */
  code: string;
  /** where to come back to */
  page?: string;
}

/** For an answer that asks for a stronger sign-in: the way to it and back to this page. */
export function StepUpLink({ code, page }: StepUpLinkProps) {
  const { t } = useTranslation();
  if (code !== 'STEP_UP') return null;
  return (
    <p>
      <a href={stepUpPath(page ?? location.pathname + location.search)}>{t('desk.stepUp')}</a>
    </p>
  );
}
