import { useTranslation } from 'react-i18next';
import { spanText } from '../../format/moment.ts';
import { MAP_GRID } from '../../ui/map-grid.ts';
import { shortPlace } from '../../ui/place-name.ts';
import { useSite } from '../../site-context.tsx';
import { isBehind, isJoined, replicaTotal, type NodeStatus } from './node-states.ts';

/** The 14 prefectures on the schematic map; each tile leads to its row in the table. */
export function NodeTiles({ nodes }: { nodes: NodeStatus[] }) {
  const { t } = useTranslation();
  const { now } = useSite();
  return (
    <div>
      <ul className="tiles" aria-label={t('federation.tiles')}>
        {MAP_GRID.map(({ adcode, col, row }) => {
          const node = nodes.find((n) => n.adcode === adcode);
          const joined = node !== undefined && isJoined(node);
          const age = joined && isBehind(node) && node.heardAt ? spanText(t, node.heardAt, now) : null;
          const tone = !joined ? 'out' : isBehind(node) ? 'stale' : node.state === 'self' ? 'q4' : 'q2';
          return (
            <li key={adcode} className={`c${col} r${row} ${tone}`}>
              <a href={`#n${adcode}`}>
                <span>
                  <b>{shortPlace(t, adcode)}</b>
                  {age && <span className="age">{age}</span>}
                  {!joined && <span className="age">{t('federation.state.unjoined')}</span>}
                </span>
                {joined && (
                  <span>
                    {node.state === 'self' ? (
                      <span className="age">{t('federation.state.self')}</span>
                    ) : (
                      <>
                        <span className="vh">{t('federation.tileFigure')}</span>
                        <span className="fig">{replicaTotal(node)}</span>
                      </>
                    )}
                  </span>
                )}
              </a>
            </li>
          );
        })}
      </ul>
      <ul className="key" aria-label={t('home.key')}>
        <li className="q2">
          <i></i>
          {t('federation.keyCurrent')}
        </li>
        {nodes.some(isBehind) && (
          <li className="stale">
            <i></i>
            {t('federation.keyLate')}
          </li>
        )}
      </ul>
    </div>
  );
}
