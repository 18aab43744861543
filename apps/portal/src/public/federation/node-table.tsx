import { useTranslation } from 'react-i18next';
import { agoText, momentText, spanText } from '../../format/moment.ts';
import { wholePlace } from '../../ui/place-name.ts';
import type { FederationStatus } from '../../views.ts';
import { StateDot } from '../../ui/state-dot.tsx';
import { useSite } from '../../site-context.tsx';
import { bySeverity, isBehind, replicaTotal, type NodeStatus } from './node-states.ts';

const COLUMNS = ['node', 'state', 'contentAsOf', 'replicas', 'pending', 'refused'] as const;

function State({ node }: { node: NodeStatus }) {
  const { t } = useTranslation();
  const { now } = useSite();
  const span = node.heardAt ? spanText(t, node.heardAt, now) : t('federation.unknown');
  return (
    <span>
      <StateDot state={node.state}>{t(`federation.state.${node.state}`, { span })}</StateDot>
      {node.state === 'silent' && <small>{t('federation.stateSilent', { span })}</small>}
      {node.state === 'late' && node.pending !== null && node.pending > 0 && <small>{t('federation.stateLate')}</small>}
    </span>
  );
}

function NodeRow({ node, own }: { node: NodeStatus; own: FederationStatus['node'] }) {
  const { t } = useTranslation();
  const { now } = useSite();
  const { adcode, contentAsOf, pending, refused, quarantined } = node;
  const isOff = isBehind(node);
  const asOf = !contentAsOf
    ? t('federation.none')
    : isOff || node.state === 'self'
      ? momentText(t, contentAsOf, now)
      : agoText(t, contentAsOf, now);
  const { release, wireGeneration: generation } = node;
  const isOtherRelease = release !== null && generation !== null && (release !== own.release || generation !== own.wireGeneration);
  const isOther = node.state !== 'self' && node.state !== 'unjoined'; // only of others is there something to receive
  const zero = (n: number | null) => (n === 0 ? 'n zero' : 'n');
  return (
    <tr id={`n${adcode}`} role="row" className={isOff ? 'off' : undefined}>
      <th scope="row" role="rowheader">
        {wholePlace(t, adcode)}
        <span className="code">{adcode}</span>
        {isOtherRelease && <small>{t('federation.release', { release, generation })}</small>}
      </th>
      <td role="cell" className="st" data-k={t('federation.columns.state')}>
        <State node={node} />
      </td>
      <td role="cell" data-k={t('federation.columns.contentAsOf')}>
        {asOf}
      </td>
      <td role="cell" className="n" data-k={t('federation.columns.replicas')}>
        {isOther ? replicaTotal(node) : t('federation.none')}
      </td>
      <td role="cell" className={zero(pending)} data-k={t('federation.columns.pending')}>
        {isOther ? (pending ?? t('federation.unknown')) : t('federation.none')}
      </td>
      <td role="cell" className={zero(refused)} data-k={t('federation.columns.refused')}>
        {refused}
        {quarantined > 0 && <small>{t('federation.quarantined', { count: quarantined })}</small>}
      </td>
    </tr>
  );
}

/** The map once more as a table, worst first, with everything a tile has no room for. */
export function NodeTable({ nodes, own }: { nodes: NodeStatus[]; own: FederationStatus['node'] }) {
  const { t } = useTranslation();
  return (
    <table className="nodes stack" role="table" aria-labelledby="f-nodes">
      <thead role="rowgroup">
        <tr role="row">
          {COLUMNS.map((column, i) => (
            <th key={column} scope="col" role="columnheader" className={i > 2 ? 'n' : undefined}>
              {t(`federation.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {[...nodes].sort(bySeverity).map((node) => (
          <NodeRow key={node.adcode} node={node} own={own} />
        ))}
      </tbody>
    </table>
  );
}
