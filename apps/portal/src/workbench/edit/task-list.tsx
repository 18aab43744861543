import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RecordView } from '../../views.ts';
import type { Issue } from '../problem.ts';
import { CHECK_TASK, LABEL_TASK, taskState, valueIn, type Task, type TaskState } from './tasks.ts';

const TONE: Record<TaskState['name'], string> = { wrong: 'bad', open: 'late', done: 'ok', untouched: '', optional: '' };

function StateTag({ state }: { state: TaskState }) {
  const { t } = useTranslation();
  const text = 'count' in state ? t(`edit.state.${state.name}`, { count: state.count }) : t(`edit.state.${state.name}`);
  return <span className={`tag ${TONE[state.name]}`}>{text}</span>;
}

interface TaskListProps {
  record: RecordView;
  tasks: readonly Task[];
  current: string;
  issues: readonly Issue[];
}

/** The form as a list of tasks with their states; every task has an address. */
export function TaskList({ record, tasks, current, issues }: TaskListProps) {
  const { t } = useTranslation();
  const stateOf = (task: Task): TaskState => {
    if (task.code === LABEL_TASK) return { name: record.classified ? 'done' : 'untouched' };
    if (task.code === CHECK_TASK) return { name: record.stage === 'draft' || record.stage === 'returned' ? 'untouched' : 'done' };
    return taskState(task.fields, valueIn(record), issues);
  };
  const states = tasks.map(stateOf);
  const done = states.filter(({ name }) => name === 'done' || name === 'optional').length;
  return (
    <nav className="tasks" aria-label={t('edit.tasks')}>
      <h2>{t('edit.done', { done, total: tasks.length })}</h2>
      <ol>
        {tasks.map((task, i) => (
          <li key={task.code}>
            <Link
              to="/records/$id/edit/$task"
              params={{ id: record.id, task: task.code }}
              activeProps={{}}
              aria-current={task.code === current ? 'step' : undefined}
            >
              {t('edit.step', { number: i + 1, title: task.title })}
              <StateTag state={states[i] ?? { name: 'untouched' }} />
            </Link>
          </li>
        ))}
      </ol>
      <p className="note">{t('edit.taskNote')}</p>
    </nav>
  );
}
