import { PROVINCE } from '@xiangjing/scenario-sdk';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { spanText } from '../../format/moment.ts';
import { FEDERATION_PATH } from '../../paths.ts';
import { useSite } from '../../site-context.tsx';
import { StateDot } from '../../ui/state-dot.tsx';
import { useTRPC } from '../api.ts';

/** Whether this city hears the province; nothing is said before the node knows. */
export function ProvinceLink() {
  const { t } = useTranslation();
  const { now } = useSite();
  const status = useQuery(useTRPC().operations.federation.status.queryOptions(undefined, { refetchInterval: 60_000 }));
  const province = status.data?.nodes.find((node) => node.adcode === PROVINCE);
  if (!province || province.state === 'self') return null;
  const span = province.heardAt ? spanText(t, province.heardAt, now) : t('federation.unknown');
  return (
    <a href={FEDERATION_PATH}>
      <StateDot state={province.state}>{t(`desk.province.${province.state}`, { span })}</StateDot>
    </a>
  );
}
