import { useTranslation } from 'react-i18next';
import { ComparisonTable } from '../../federation/comparison-table.tsx';
import { RepairTable } from '../../federation/repair-table.tsx';
import { WORKBENCH_FEDERATION_PATH } from '../../paths.ts';
import type { FederationStatus } from '../../views.ts';

/** For those who watch: whether what came equals what was sent, and what was put right. */
export function ComparisonSection({ status: { detailed, comparisons, repairs } }: { status: FederationStatus }) {
  const { t } = useTranslation();
  if (!detailed) return null;
  return (
    <section className="section" aria-labelledby="f-compare">
      <div className="wrap">
        <div className="head">
          <h2 id="f-compare">{t('federation.compare.title')}</h2>
          <p className="note">{t('federation.compare.note')}</p>
        </div>
        {comparisons.length === 0 ? (
          <p>{t('federation.compare.none')}</p>
        ) : (
          <ComparisonTable comparisons={comparisons} labelledBy="f-compare" />
        )}
        <p className="asof">
          <a href={WORKBENCH_FEDERATION_PATH}>{t('federation.compare.goTo')}</a>
        </p>
        {repairs.length > 0 && (
          <>
            <h3>{t('federation.compare.repairs')}</h3>
            <RepairTable repairs={repairs} />
          </>
        )}
      </div>
    </section>
  );
}
