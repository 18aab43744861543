import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session-context.tsx';
import { Sider } from './sider.tsx';
import { TopBar } from './top-bar.tsx';

/** What stands round every page of the workbench. */
export function WorkbenchShell() {
  const { t } = useTranslation();
  const { node } = useSession();
  return (
    <>
      <a className="skip" href="#main">
        {t('frame.skip')}
      </a>
      <TopBar />
      {node.demo && (
        <div className="sample" role="region" aria-label={t('frame.sampleNote')}>
          <div className="wrap">{t('frame.sample')}</div>
        </div>
      )}
      <div className="desk">
        <Sider />
        <main className="work" id="main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </>
  );
}
