import { useTranslation } from 'react-i18next';
import { fieldGroups, type Field } from '../fields/field-groups.ts';
import { momentText } from '../format/moment.ts';
import type { RecordHistory, RecordView, Vocabulary } from '../views.ts';
import { useSite } from '../site-context.tsx';
import { ChangeList } from './change-list.tsx';
import { roleWord, verbWord } from './history-words.ts';
import { domainOf } from './record-text.ts';

/** More changes than this are folded away: a first version changes every field. */
const OPEN_CHANGES = 3;

interface HistoryLogProps {
  record: RecordView;
  history: RecordHistory;
  vocabulary: Vocabulary;
}

/** What happened to the record, newest first, with the difference each version made. */
export function HistoryLog({ record, history, vocabulary }: HistoryLogProps) {
  const { t } = useTranslation();
  const { now } = useSite();
  const { core, attrs } = fieldGroups(vocabulary, record.kind, domainOf(record) ?? '');
  const fields = new Map<string, Field>([...core, ...attrs].flatMap((group) => group.fields.map((field) => [field.path, field] as const)));
  const items = [...history.items].sort((a, b) => b.rev - a.rev);
  return (
    <section aria-labelledby="s-history">
      <h2 id="s-history">{t('record.history')}</h2>
      {items.length === 0 && <p className="note">{t('record.historyNone')}</p>}
      <ol className="log">
        {items.map(({ rev, at, verb, byRole, changes, reasons }) => {
          return (
            <li key={rev}>
              <time dateTime={at}>{momentText(t, at, now)}</time>
              <div>
                {verbWord(t, verb)}
                <p>{t('record.historyRev', { rev, role: roleWord(t, byRole) })}</p>
                {reasons.map((reason) => (
                  <p key={reason.code + reason.text}>{t('record.historyReason', { text: reason.text })}</p>
                ))}
                {changes.length > 0 && (
                  <details open={changes.length <= OPEN_CHANGES}>
                    <summary>{t('record.changes', { count: changes.length })}</summary>
                    <ChangeList changes={changes} fields={fields} />
                  </details>
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
