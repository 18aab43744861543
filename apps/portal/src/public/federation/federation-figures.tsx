import { useTranslation } from 'react-i18next';
import { spanText } from '../../format/moment.ts';
import { Figure } from '../../ui/figure.tsx';
import type { FederationStatus } from '../../views.ts';
import { useSite } from '../../site-context.tsx';
import { bySeverity, isBehind, isJoined } from './node-states.ts';

export function FederationFigures({ status }: { status: FederationStatus }) {
  const { t } = useTranslation();
  const { now } = useSite();
  const behind = status.nodes.filter(isBehind);
  const current = status.nodes.filter((node) => isJoined(node) && !isBehind(node));
  const refused = status.nodes.reduce((sum, node) => sum + node.refused, 0);
  const oldest = [...behind].sort(bySeverity).find((node) => node.heardAt)?.heardAt;
  return (
    <dl className="count3">
      <Figure name={t('federation.figure.current')} value={current.length}>
        {t('federation.figure.currentNote')}
      </Figure>
      <Figure name={t('federation.figure.late')} value={behind.length}>
        {oldest ? t('federation.figure.lateNote', { span: spanText(t, oldest, now) }) : t('federation.figure.lateNone')}
      </Figure>
      <Figure name={t('federation.figure.today')} value={status.appliedToday}>
        {t('federation.figure.todayNote')}
      </Figure>
      <Figure name={t('federation.figure.refused')} value={refused}>
        {refused > 0 ? t('federation.figure.refusedNote') : t('federation.figure.refusedNone')}
      </Figure>
    </dl>
  );
}
