import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useTRPC } from '../api.ts';
import { useSession } from '../session-context.tsx';
import { waitingStages } from '../turn.ts';
import type { Tab } from './search.ts';
import { tabQuery } from './tabs.ts';

function TabLink({ tab, isCurrent }: { tab: Tab; isCurrent: boolean }) {
  const { t } = useTranslation();
  const { person, node } = useSession();
  const query = { ...tabQuery(tab, person.grants, node.adcode), limit: 1 };
  const count = useQuery(useTRPC().catalogue.records.list.queryOptions(query));
  return (
    <Link
      to="/records"
      search={tab === 'all' ? {} : { tab }}
      activeOptions={{ exact: true, includeSearch: true, explicitUndefined: true }}
      aria-current={isCurrent ? 'true' : undefined}
    >
      {t(`desk.tab.${tab}`)} {count.data?.total}
    </Link>
  );
}

/** The same records by what they wait for, each with its count. */
export function RecordTabs({ current }: { current: Tab }) {
  const { t } = useTranslation();
  const { grants } = useSession().person;
  const tabs: Tab[] = ['all', ...(waitingStages(grants).length > 0 ? (['waiting'] as const) : []), 'moving', 'published'];
  return (
    <nav className="tabs" aria-label={t('desk.tabs')}>
      {tabs.map((tab) => (
        <TabLink key={tab} tab={tab} isCurrent={tab === current} />
      ))}
    </nav>
  );
}
