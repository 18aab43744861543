import { NODES, PROVINCE } from '@xiangjing/scenario-sdk';
import { useTranslation } from 'react-i18next';
import { agoText } from '../../format/moment.ts';
import { listHref } from '../../paths.ts';
import { wholePlace } from '../../ui/place-name.ts';
import { isBehind, type NodeStatus } from '../federation/node-states.ts';
import { useSite } from '../../site-context.tsx';
import type { HomePage } from '../request.ts';
import { KINDS } from '../../ui/kinds.ts';

function Heard({ node }: { node: NodeStatus | undefined }) {
  const { t } = useTranslation();
  const { now } = useSite();
  if (!node || node.state === 'unjoined') return <span className="muted">{t('home.notJoined')}</span>;
  if (node.state === 'self') return t('home.thisNode');
  if (!node.heardAt) return <span className="muted">{t('home.notJoined')}</span>;
  return <span className={isBehind(node) ? 'warm' : undefined}>{agoText(t, node.heardAt, now)}</span>;
}

/** The map once more as a table, with all three lists and the age of what is known. */
export function PlaceTable({ places, status, totals }: Pick<HomePage, 'places' | 'status' | 'totals'>) {
  const { t } = useTranslation();
  return (
    <table className="compact">
      <caption className="vh">{t('home.placesTable')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('home.place')}</th>
          {KINDS.map((kind) => (
            <th key={kind} scope="col" className="n">
              {t(`words.kindShort.${kind}`)}
            </th>
          ))}
          <th scope="col" className="n">
            {t('home.heard')}
          </th>
        </tr>
      </thead>
      <tbody>
        {NODES.map(({ adcode }) => (
          <tr key={adcode}>
            <th scope="row">
              <a href={listHref(null, [['origin', adcode]])}>{adcode === PROVINCE ? t('words.provinceShort') : wholePlace(t, adcode)}</a>
            </th>
            {KINDS.map((kind) => (
              <td key={kind} className="n">
                {places[adcode]?.[kind] ?? 0}
              </td>
            ))}
            <td className="n">
              <Heard node={status.nodes.find((n) => n.adcode === adcode)} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('home.total')}</th>
          {KINDS.map((kind) => (
            <td key={kind} className="n">
              {totals[kind].total}
            </td>
          ))}
          <td className="n"></td>
        </tr>
      </tfoot>
    </table>
  );
}
