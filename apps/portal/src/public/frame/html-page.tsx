import type { Kind } from '@xiangjing/scenario-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePage } from '../page-context.tsx';
import { Crumbs, type Crumb } from './crumbs.tsx';
import { Masthead } from './masthead.tsx';
import { SiteFooter } from './site-footer.tsx';
import { SiteHeader } from './site-header.tsx';

interface HtmlPageProps {
  title: string;
  description?: string;
  /** the list this page belongs to, marked in the navigation */
  current?: Kind | null;
  crumbs?: Crumb[];
  /** a page that search engines should leave alone */
  isTransient?: boolean;
  children: ReactNode;
}

/** The whole document round a page's content. Styles and the one script come from this node alone. */
export function HtmlPage({ title, description, current = null, crumbs, isTransient, children }: HtmlPageProps) {
  const { t } = useTranslation();
  const { mode, contrast } = usePage();
  return (
    <html lang="zh-CN" data-mode={mode} data-contrast={contrast}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        {description && <meta name="description" content={description} />}
        {isTransient && <meta name="robots" content="noindex" />}
        <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={import.meta.env.PUBLIC_CSS} />
        <script type="module" src={import.meta.env.ENHANCE_JS} />
      </head>
      <body>
        <a className="skip" href="#main">
          {t('frame.skip')}
        </a>
        <Masthead />
        <SiteHeader current={current} />
        {crumbs && <Crumbs trail={crumbs} />}
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <SiteFooter />
      </body>
    </html>
  );
}
