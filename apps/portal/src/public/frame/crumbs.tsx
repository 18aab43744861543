import { useTranslation } from 'react-i18next';

export interface Crumb {
  text: string;
  href?: string;
}

/** The way from the home page to here; the last crumb is this page. */
export function Crumbs({ trail }: { trail: Crumb[] }) {
  const { t } = useTranslation();
  return (
    <nav className="crumb" aria-label={t('frame.crumbs')}>
      <div className="wrap">
        <ol>
          <li>
            <a href="/">{t('frame.home')}</a>
          </li>
          {trail.map(({ text, href }) => (
            <li key={text} aria-current={href ? undefined : 'page'}>
              {href ? <a href={href}>{text}</a> : text}
            </li>
          ))}
        </ol>
      </div>
    </nav>
  );
}
