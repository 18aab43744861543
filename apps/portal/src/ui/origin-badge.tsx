import { useTranslation } from 'react-i18next';
import { shortPlace } from './place-name.ts';

/** The home node of a record: every record shows it. */
export const OriginBadge = ({ adcode }: { adcode: string }) => {
  const { t } = useTranslation();
  return (
    <span className="origin">
      {shortPlace(t, adcode)} <code>{adcode}</code>
    </span>
  );
};
