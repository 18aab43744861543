import { useTranslation } from 'react-i18next';
import { signInPath } from '../../paths.ts';
import { HtmlPage } from '../frame/html-page.tsx';
import { usePage } from '../page-context.tsx';
import type { ProblemPage as ProblemData } from '../request.ts';

const SPOKEN = ['400', '401', '403', '404', '410', '422', '429', '500', '503'] as const;

/** What happened, what it means for the reader, what to do next, and the number by which the log can be searched. */
export function ProblemPage({ page: { status, code } }: { page: ProblemData }) {
  const { t } = useTranslation();
  const { traceId, url, person } = usePage();
  const spoken = SPOKEN.find((known) => known === String(status)) ?? (status >= 500 ? '500' : 'other');
  const title = t(`problem.${spoken}.title`);
  // an absent record and one that may not be seen look alike, down to the last byte
  const hasTrace = status !== 404 && traceId !== '';
  return (
    <HtmlPage title={t('frame.errorTitle', { page: title })} crumbs={[{ text: title }]} isTransient>
      <div className="wrap title">
        <h1>{title}</h1>
        <p className="lead">{t(`problem.${spoken}.text`)}</p>
        <p className="lead">{t(`problem.${spoken}.next`)}</p>
        <p className="more get">
          {status === 401 && !person && <a href={signInPath(url)}>{t('problem.signIn')}</a>}
          <a href="/search">{t('problem.goSearch')}</a>
          <a href="/">{t('problem.goHome')}</a>
        </p>
        <dl className="kv trace">
          <dt>{t('problem.code')}</dt>
          <dd>
            <code>{code}</code>
          </dd>
          {hasTrace && (
            <>
              <dt>{t('problem.trace')}</dt>
              <dd>
                <code>{traceId}</code>
              </dd>
            </>
          )}
        </dl>
      </div>
    </HtmlPage>
  );
}
