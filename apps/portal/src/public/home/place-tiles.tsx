import { useTranslation } from 'react-i18next';
import { spanText } from '../../format/moment.ts';
import { listHref } from '../../paths.ts';
import { MAP_GRID } from '../../ui/map-grid.ts';
import { shortPlace } from '../../ui/place-name.ts';
import { isBehind } from '../federation/node-states.ts';
import { useSite } from '../../site-context.tsx';
import type { HomePage } from '../request.ts';
import { stepsOf } from './tint-steps.ts';

/** The 14 tiles: opportunities per prefecture; darker is more, dashed is old. */
export function PlaceTiles({ places, status }: Pick<HomePage, 'places' | 'status'>) {
  const { t } = useTranslation();
  const { now } = useSite();
  const counts = MAP_GRID.map(({ adcode }) => places[adcode]?.opportunity ?? 0);
  const steps = stepsOf(counts);
  return (
    <div>
      <ul className="tiles" aria-label={t('home.placesTiles')}>
        {MAP_GRID.map(({ adcode, col, row }, i) => {
          const node = status.nodes.find((n) => n.adcode === adcode);
          const age = node && isBehind(node) && node.heardAt ? spanText(t, node.heardAt, now) : null;
          return (
            <li key={adcode} className={`c${col} r${row} ${age ? 'stale' : `q${steps.stepOf(counts[i] ?? 0)}`}`}>
              <a href={listHref('opportunity', [['origin', adcode]])}>
                <span>
                  <b>{shortPlace(t, adcode)}</b>
                  {age && <span className="age">{age}</span>}
                </span>
                <span>
                  <span className="vh">{t('words.kind.opportunity')} </span>
                  <span className="fig">{counts[i]}</span>
                </span>
              </a>
            </li>
          );
        })}
      </ul>
      <ul className="key" aria-label={t('home.key')}>
        <li>{t('words.kind.opportunity')}</li>
        {steps.ranges.map((range, i) => (
          <li key={range} className={`q${i + 1}`}>
            <i></i>
            {range}
          </li>
        ))}
        {status.nodes.some(isBehind) && (
          <li className="stale">
            <i></i>
            {t('home.keyLate')}
          </li>
        )}
      </ul>
    </div>
  );
}
