import { Link } from '@tanstack/react-router';
import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { dayText, deadlineText, recentText } from '../../format/moment.ts';
import { useSite } from '../../site-context.tsx';
import { domainName } from '../../ui/domain-name.ts';
import { shortPlace } from '../../ui/place-name.ts';
import { StageTag } from '../../ui/stage-tag.tsx';
import type { ListedRecord } from '../../views.ts';
import { useSession } from '../session-context.tsx';
import { turnOf, waitingStages } from '../turn.ts';

function Holder({ record }: { record: ListedRecord }) {
  const { t } = useTranslation();
  const { person, node } = useSession();
  const turn = turnOf(record.stage);
  if (record.origin === node.adcode && waitingStages(person.grants).includes(record.stage))
    return <span className="strong">{t('desk.me')}</span>;
  return turn ? t(`words.role.${turn}`) : t('desk.nobody');
}

function Due({ record: { responseDeadline, validUntil } }: { record: ListedRecord }) {
  const { t } = useTranslation();
  const { now } = useSite();
  const date = responseDeadline ?? validUntil;
  if (!date) return t('record.noDue');
  const left = deadlineText(t, date, now);
  return (
    <>
      {dayText(t, date, now)}
      <small className={left.isClose ? 'warm' : undefined}>{left.text}</small>
    </>
  );
}

function Action({ record }: { record: ListedRecord }) {
  const { t } = useTranslation();
  const { person } = useSession();
  const isMine = record.stage !== 'solicited' && record.stage !== 'selected' && waitingStages(person.grants).includes(record.stage);
  const name = record.stage === 'returned' ? t('desk.mend') : isMine ? t('desk.goOn') : t('desk.open');
  const title = record.title || t('list.stub', { kind: t(`words.kind.${record.kind}`) });
  return isMine ? (
    <Link to="/records/$id/edit/$task" params={{ id: record.id, task: 'basics' }} aria-label={t('desk.actionOn', { action: name, title })}>
      {name}
    </Link>
  ) : (
    <Link to="/records/$id" params={{ id: record.id }} aria-label={t('desk.actionOn', { action: name, title })}>
      {name}
    </Link>
  );
}

/** Many records in little room: name, list, stage, whose turn, until when, last change. */
export function RecordTable({ items, isLoading }: { items: ListedRecord[]; isLoading: boolean }) {
  const { t } = useTranslation();
  const { now } = useSite();
  const { node } = useSession();
  const columns: TableColumnsType<ListedRecord> = [
    {
      title: t('desk.column.name'),
      rowScope: 'row',
      render: (_, record) => (
        <>
          <Link to="/records/$id" params={{ id: record.id }}>
            {record.title || t('list.stub', { kind: t(`words.kind.${record.kind}`) })}
          </Link>
          <small>
            {record.domain && domainName(record.domain)}
            {record.origin !== node.adcode && ` · ${shortPlace(t, record.origin)}`}
            {!record.classified && ` · ${t('desk.unclassified')}`}
          </small>
        </>
      ),
    },
    { title: t('desk.column.kind'), render: (_, { kind }) => t(`words.kindShort.${kind}`) },
    { title: t('desk.column.stage'), render: (_, record) => <StageTag stage={record.stage} suspended={record.suspended} /> },
    { title: t('desk.column.holder'), render: (_, record) => <Holder record={record} /> },
    { title: t('desk.column.due'), render: (_, record) => <Due record={record} /> },
    { title: t('desk.column.changed'), render: (_, { changedAt }) => recentText(t, changedAt, now) },
    { title: t('desk.column.action'), render: (_, record) => <Action record={record} /> },
  ];
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('desk.table')}>
      <Table
        className="grid"
        rowKey="id"
        columns={columns}
        dataSource={items}
        pagination={false}
        loading={isLoading}
        locale={{ emptyText: <p className="note">{t('desk.empty')}</p> }}
      />
    </div>
  );
}
