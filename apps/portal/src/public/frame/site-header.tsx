import type { Kind } from '@xiangjing/scenario-sdk';
import { useTranslation } from 'react-i18next';
import { LIST_PATH, signInPath, WORKBENCH_PATH } from '../../paths.ts';
import { Mark } from '../../ui/mark.tsx';
import { Wordmark } from '../../ui/wordmark.tsx';
import { usePage } from '../page-context.tsx';
import { KINDS } from '../../ui/kinds.ts';

export function SiteHeader({ current }: { current: Kind | null }) {
  const { t } = useTranslation();
  const { person } = usePage();
  return (
    <header className="top">
      <div className="wrap">
        <a className="brand" href="/" aria-label={t('frame.brand')}>
          <Mark />
          <Wordmark />
          <small>
            {t('frame.brandLine1')}
            <br />
            {t('frame.brandLine2')}
          </small>
        </a>
        <nav className="nav" aria-label={t('frame.mainNav')}>
          <ul>
            {KINDS.map((kind) => (
              <li key={kind}>
                <a href={LIST_PATH[kind]} aria-current={kind === current ? 'page' : undefined}>
                  {t(`words.kind.${kind}`)}
                </a>
              </li>
            ))}
            <li className="login">
              {person ? <a href={WORKBENCH_PATH}>{t('frame.workbench')}</a> : <a href={signInPath(WORKBENCH_PATH)}>{t('frame.signIn')}</a>}
            </li>
          </ul>
        </nav>
      </div>
    </header>
  );
}
