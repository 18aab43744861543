import { planSource } from '@xiangjing/scenario-sdk';
import { useTranslation } from 'react-i18next';
import { Mark } from '../../ui/mark.tsx';
import { usePage } from '../page-context.tsx';

/** What the node's configuration says of its operator; what is empty there is left out. */
export function SiteFooter() {
  const { t } = useTranslation();
  const { footer } = usePage().node;
  const lines = [
    footer.organiser && t('frame.organiser', { name: footer.organiser }),
    footer.operator && t('frame.operator', { name: footer.operator }),
    footer.siteCode && t('frame.siteCode', { code: footer.siteCode }),
    footer.icp,
    footer.publicSecurity,
    footer.contact && t('frame.contact', { text: footer.contact }),
  ].filter(Boolean);
  return (
    <footer className="foot">
      <div className="wrap">
        <div>
          {lines.length > 0 && (
            <ul>
              {lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
          <p>{t('frame.source', { number: planSource.number })}</p>
        </div>
        <Mark />
      </div>
    </footer>
  );
}
