import { useTranslation } from 'react-i18next';
import { momentText } from '../../format/moment.ts';
import { useSite } from '../../site-context.tsx';
import { OriginalText } from '../../ui/original-text.tsx';
import type { FederationStatus } from '../../views.ts';

/** How the brokers are, before any table; a node without them is told as simply as one with. */
export function RoadSentence({ kafka }: { kafka: FederationStatus['kafka'] }) {
  const { t } = useTranslation();
  const { now } = useSite();
  return (
    <p className={kafka.state === 'failing' ? 'roads warm' : 'roads'}>
      {t(`federation.roads.${kafka.state}`)}
      {kafka.reason && t('federation.roads.reason', { text: kafka.reason.text, remedy: kafka.reason.remedy })}
      {kafka.state !== 'off' && kafka.ackedAt && t('federation.roads.acked', { moment: momentText(t, kafka.ackedAt, now) })}
      {kafka.reason && <OriginalText detail={kafka.reason.detail} />}
    </p>
  );
}
