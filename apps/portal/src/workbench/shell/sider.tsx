import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FEDERATION_PATH } from '../../paths.ts';
import { useTRPC } from '../api.ts';
import { mayWatch } from '../exchange/may-watch.ts';
import { isDesk, tabQuery } from '../records/tabs.ts';
import { useSession } from '../session-context.tsx';
import { isOwner, waitingStages } from '../turn.ts';
import { KINDS } from '../../ui/kinds.ts';

const CURRENT = { 'aria-current': 'page' as const };

/** Where one can go; entries for roles the person does not have are left out. */
export function Sider() {
  const { t } = useTranslation();
  const { person, node } = useSession();
  const { grants } = person;
  const waits = waitingStages(grants).length > 0;
  const waiting = useQuery(
    useTRPC().catalogue.records.list.queryOptions({ ...tabQuery('waiting', grants, node.adcode), limit: 1 }, { enabled: waits }),
  );
  return (
    <nav className="sider" aria-label={t('desk.nav')}>
      <div>
        <p>{t('desk.mine')}</p>
        <ul>
          {waits && (
            <li>
              <Link to="/records" search={{ tab: 'waiting' }} activeProps={CURRENT} activeOptions={{ includeSearch: true }}>
                {t('desk.tab.waiting')}
                <span>{waiting.data?.total}</span>
              </Link>
            </li>
          )}
          <li>
            <Link
              to="/records"
              search={{}}
              activeProps={CURRENT}
              activeOptions={{ exact: true, includeSearch: true, explicitUndefined: true }}
            >
              {isDesk(grants) ? t('desk.nodeRecords') : t('desk.records')}
            </Link>
          </li>
        </ul>
      </div>
      {isOwner(grants) && (
        <div>
          <p>{t('desk.create')}</p>
          <ul>
            {KINDS.map((kind) => (
              <li key={kind}>
                <Link to="/new" search={{ kind }} activeProps={CURRENT} activeOptions={{ includeSearch: true }}>
                  {t(`words.kind.${kind}`)}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div>
        <p>{t('desk.node')}</p>
        <ul>
          <li>
            <a href="/search">{t('desk.catalogue')}</a>
          </li>
          <li>
            <a href={FEDERATION_PATH}>{t('frame.federation')}</a>
          </li>
          {mayWatch(grants) && (
            <li>
              <Link to="/federation" search={{}} activeProps={CURRENT}>
                {t('exchange.title')}
              </Link>
            </li>
          )}
        </ul>
      </div>
    </nav>
  );
}
