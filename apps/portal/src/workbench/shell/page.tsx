import { Link } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Kit } from '../kit.tsx';

interface PageProps {
  title: string;
  /** a page that shows faults says so in its title, before anything else */
  hasErrors?: boolean;
  /** this page's own crumb, where it is shorter than the title */
  crumb?: string;
  aside?: ReactNode;
  children: ReactNode;
}

/** One page inside the shell: its name in the window, its way back, its heading. */
export function Page({ title, hasErrors = false, crumb, aside, children }: PageProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = hasErrors ? t('frame.errorTitle', { page: title }) : t('frame.pageTitle', { page: title });
  }, [title, hasErrors, t]);
  return (
    <Kit>
      <nav className="crumb" aria-label={t('frame.crumbs')}>
        <ol>
          <li>
            <Link to="/records" search={{}}>
              {t('desk.workbench')}
            </Link>
          </li>
          <li aria-current="page">{crumb ?? title}</li>
        </ol>
      </nav>
      <div className="head">
        <h1>{title}</h1>
        {aside}
      </div>
      {children}
    </Kit>
  );
}
