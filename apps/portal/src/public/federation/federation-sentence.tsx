import { useTranslation } from 'react-i18next';
import { wholePlace } from '../../ui/place-name.ts';
import { isBehind, isJoined, type NodeStatus } from './node-states.ts';

/** The answer in one sentence, before any figure. */
export function FederationSentence({ nodes }: { nodes: NodeStatus[] }) {
  const { t } = useTranslation();
  const joined = nodes.filter(isJoined);
  const behind = joined.filter(isBehind);
  const unjoined = nodes.length - joined.length;
  return (
    <p className="plain">
      <span>
        {behind.length === 0 ? (
          <i>{t('federation.plain.allCurrent', { count: joined.length })}</i>
        ) : (
          <>
            <i>{t('federation.plain.nodes', { count: joined.length })}</i>
            <i>{t('federation.plain.current', { count: joined.length - behind.length })}</i>
            <i>
              <em>{t('federation.plain.late', { count: behind.length })}</em>
              {t('federation.plain.stop')}
            </i>
          </>
        )}
      </span>
      {behind.length > 0 && (
        <span>
          {t('federation.plain.unaffected', { names: behind.map((node) => wholePlace(t, node.adcode)).join(t('words.separator')) })}
        </span>
      )}
      {unjoined > 0 && <span>{t('federation.plain.unjoined', { count: unjoined })}</span>}
    </p>
  );
}
