import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice.tsx';
import { problemOf } from '../problem.ts';
import { StepUpLink } from './step-up-link.tsx';

/** A call that failed: what the node says, what to do, the number for the log, and another try. */
export function ProblemNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const { detail, remedy, code, traceId } = problemOf(error);
  return (
    <div role="alert">
      <Notice>
        <p className="strong">{detail || t('desk.silent')}</p>
        <p>{remedy || t('desk.silentRemedy')}</p>
        <StepUpLink code={code} />
        <p className="facts">
          <code>{code}</code>
          {traceId && (
            <span>
              {t('problem.trace')} <code>{traceId}</code>
            </span>
          )}
          {onRetry && (
            <button type="button" className="link" onClick={onRetry}>
              {t('desk.retry')}
            </button>
          )}
        </p>
      </Notice>
    </div>
  );
}
