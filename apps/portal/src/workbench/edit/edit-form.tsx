import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recentText } from '../../format/moment.ts';
import { titleOf } from '../../record/record-text.ts';
import { useSite } from '../../site-context.tsx';
import type { RecordView, Vocabulary } from '../../views.ts';
import { Notice } from '../../ui/notice.tsx';
import type { Problem } from '../problem.ts';
import { Page } from '../shell/page.tsx';
import { CheckPanel } from './check-panel.tsx';
import { CheckStep } from './check-step.tsx';
import { LabelStep } from './label-step.tsx';
import { TaskErrors } from './task-errors.tsx';
import { TaskForm } from './task-form.tsx';
import { TaskList } from './task-list.tsx';
import { CHECK_TASK, formGroups, LABEL_TASK, type Task } from './tasks.ts';
import { useDraft } from './use-draft.ts';
import { useSave } from './use-save.ts';

interface EditFormProps {
  record: RecordView;
  vocabulary: Vocabulary;
  task: string;
  /** asks the node for the record again */
  onReload: () => Promise<unknown>;
}

/** Task list, the task in hand, and what is still open before submitting. */
export function EditForm({ record, vocabulary, task: code, onReload }: EditFormProps) {
  const { t } = useTranslation();
  const { now } = useSite();
  const [problem, setProblem] = useState<Problem | null>(null);
  const groups = formGroups(vocabulary, record);
  const label: Task = { code: LABEL_TASK, title: t('edit.label.title'), fields: [] };
  const check: Task = { code: CHECK_TASK, title: t('edit.check.title'), fields: [] };
  const tasks: Task[] = [...groups, label, check];
  const task = tasks.find((known) => known.code === code) ?? tasks[0] ?? check;
  const at = tasks.indexOf(task);
  const fields = groups.flatMap((group) => group.fields);
  const draft = useDraft(record, fields);
  const save = useSave({ record, draft, onProblem: setProblem });
  const next = tasks[at + 1]?.code;
  const isOpen = record.verbs.includes('edit') || record.verbs.includes('amend');
  const reload = () => void onReload().then(() => setProblem(null));
  const heading = t('edit.step', { number: at + 1, title: task.title });
  const shared = { record, vocabulary, heading, onProblem: setProblem };
  return (
    <Page
      title={t('edit.title', { kind: t(`words.kind.${record.kind}`), title: titleOf(t, record) })}
      crumb={task.title}
      hasErrors={problem !== null}
      aside={
        <p className="note facts">
          <span role="status">{t('edit.saved', { moment: recentText(t, record.changedAt, now) })}</span>
          <Link to="/records/$id" params={{ id: record.id }}>
            {t('edit.view')}
          </Link>
        </p>
      }
    >
      <div className="panel make">
        <TaskList record={record} tasks={tasks} current={task.code} issues={problem?.errors ?? []} />
        <div className="doing">
          {!isOpen && <Notice>{t('edit.locked')}</Notice>}
          {problem && <TaskErrors problem={problem} recordId={record.id} tasks={tasks} current={task.code} onReload={reload} />}
          {task.code === LABEL_TASK && <LabelStep {...shared} fields={fields} next={next} />}
          {task.code === CHECK_TASK && <CheckStep {...shared} groups={groups} />}
          {task.fields.length > 0 && (
            <TaskForm
              key={task.code}
              record={record}
              vocabulary={vocabulary}
              task={task}
              heading={heading}
              draft={draft}
              issues={problem?.errors ?? []}
              isSaving={save.isSaving}
              onSave={(andGoOn) => void save.run(andGoOn ? next : undefined)}
            />
          )}
        </div>
        <CheckPanel record={record} fields={fields} />
      </div>
    </Page>
  );
}
