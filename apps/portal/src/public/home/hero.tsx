import { useTranslation } from 'react-i18next';
import { listHref } from '../../paths.ts';
import type { ListedRecord } from '../../views.ts';
import { Rivers } from './rivers.tsx';
import { domainName } from '../../ui/domain-name.ts';

/** The search over all three lists, and the domains that published last. */
export function Hero({ latest }: { latest: ListedRecord[] }) {
  const { t } = useTranslation();
  const domains = [...new Set(latest.flatMap(({ domain }) => domain ?? []))].slice(0, 4);
  return (
    <div className="hero dark">
      <div className="wrap">
        <div className="say">
          <h1>{t('home.heading')}</h1>
          <p className="lead">
            <span>{t('home.lead1')}</span>
            <span>{t('home.lead2')}</span>
          </p>
          <form action="/search" method="get" role="search">
            <label htmlFor="q">{t('home.searchLabel')}</label>
            <div className="seek">
              <input
                className="field"
                id="q"
                name="q"
                type="search"
                maxLength={100}
                placeholder={t('home.searchHint')}
                autoComplete="off"
              />
              <button className="btn">{t('home.search')}</button>
            </div>
          </form>
          {domains.length > 0 && (
            <p className="often">
              <span>{t('home.recentDomains')}</span>
              {domains.map((code) => (
                <a key={code} href={listHref(null, [['domain', code]])}>
                  {domainName(code)}
                </a>
              ))}
            </p>
          )}
        </div>
        <Rivers />
      </div>
    </div>
  );
}
