import { useTranslation } from 'react-i18next';
import { momentText } from '../../format/moment.ts';
import { FEDERATION_PATH, signInPath } from '../../paths.ts';
import { OriginalText } from '../../ui/original-text.tsx';
import { wholePlace } from '../../ui/place-name.ts';
import type { FederationStatus } from '../../views.ts';
import { namedView } from './named-view.ts';
import { useSite } from '../../site-context.tsx';

const COLUMNS = ['at', 'from', 'why', 'remedy', 'code'] as const;

/** What this node did not take, why, and what to do; nothing refused is lost. */
export function RefusalSection({ status: { refusals, nodes, detailed } }: { status: FederationStatus }) {
  const { t } = useTranslation();
  const { now, person } = useSite();
  const isHidden = !detailed && nodes.some(({ refused }) => refused > 0);
  const from = ({ peer, origin, view }: FederationStatus['refusals'][number]) => {
    const adcode = origin ?? peer;
    const name = adcode ? wholePlace(t, adcode) : t('federation.unknownPeer');
    return view ? t('federation.refusalView', { name, view: t(`federation.view.${namedView(view)}`) }) : name;
  };
  return (
    <section className="section" aria-labelledby="f-refusals">
      <div className="wrap">
        <div className="head">
          <h2 id="f-refusals">{t('federation.refusals')}</h2>
          <p className="note">{t('federation.refusalsNote')}</p>
        </div>
        {isHidden ? (
          <p>
            {t('federation.refusalsHidden')}
            {!person && <a href={signInPath(FEDERATION_PATH)}>{t('federation.refusalsSignIn')}</a>}
          </p>
        ) : refusals.length === 0 ? (
          <p>{t('federation.refusalsNone')}</p>
        ) : (
          <table className="refusals stack" role="table" aria-labelledby="f-refusals">
            <thead role="rowgroup">
              <tr role="row">
                {COLUMNS.map((column) => (
                  <th key={column} scope="col" role="columnheader">
                    {t(`federation.refusalColumns.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {refusals.map((refusal, i) => (
                <tr key={i} role="row">
                  <th scope="row" role="rowheader">
                    {momentText(t, refusal.at, now)}
                  </th>
                  <td role="cell" data-k={t('federation.refusalColumns.from')}>
                    {from(refusal)}
                  </td>
                  <td role="cell" data-k={t('federation.refusalColumns.why')}>
                    <div>
                      {refusal.message}
                      <OriginalText detail={refusal.detail} />
                    </div>
                  </td>
                  <td role="cell" data-k={t('federation.refusalColumns.remedy')}>
                    {refusal.remedy}
                  </td>
                  <td role="cell" data-k={t('federation.refusalColumns.code')}>
                    <code className="muted">{refusal.code}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
}
