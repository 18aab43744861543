import { useTranslation } from 'react-i18next';
import { agoText, momentText } from '../format/moment.ts';
import { Icon } from '../ui/icon.tsx';
import { wholePlace } from '../ui/place-name.ts';
import type { RecordView } from '../views.ts';
import { isStale } from '../format/staleness.ts';
import { useSite } from '../site-context.tsx';

/** Home node, version, when it came here, and whether its signature held. */
export function ProvenancePanel({ record }: { record: RecordView }) {
  const { t } = useTranslation();
  const { now, node } = useSite();
  const { receivedAt, heardAt, verified } = record.provenance;
  const isOwn = record.origin === node.adcode;
  const split = record.id.lastIndexOf(':') + 1;
  return (
    <section className="side" aria-labelledby="a-provenance">
      <h2 id="a-provenance">{t('record.provenance')}</h2>
      <dl className="kv">
        <dt>{t('record.home')}</dt>
        <dd>
          {wholePlace(t, record.origin)} {record.origin}
        </dd>
        <dt>{t('record.rev')}</dt>
        <dd>{t('record.revText', { rev: record.rev })}</dd>
        {receivedAt && (
          <>
            <dt>{t('record.receivedAt')}</dt>
            <dd>{momentText(t, receivedAt, now)}</dd>
          </>
        )}
        {heardAt && (
          <>
            <dt>{t('record.heardAt')}</dt>
            <dd className={isStale(heardAt, now) ? 'warm' : undefined}>{agoText(t, heardAt, now)}</dd>
          </>
        )}
        {!isOwn && (
          <>
            <dt>{t('record.signature')}</dt>
            <dd className={verified ? 'ok' : 'warm'}>
              <span className="dot">
                <Icon name={verified ? 'check' : 'attention'} />
                {verified ? t('record.verified') : t('record.unverified')}
              </span>
            </dd>
          </>
        )}
        <dt>{t('record.id')}</dt>
        <dd className="whole">
          <code>
            {record.id.slice(0, split)}
            <wbr />
            {record.id.slice(split)}
          </code>
        </dd>
      </dl>
      <p className="note">{isOwn ? t('record.singleWriterHome') : t('record.singleWriter', { node: node.nameZh })}</p>
    </section>
  );
}
