import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isAt, pointerOf } from '../../fields/pointer.ts';
import { focusControl } from '../inputs/focus-control.ts';
import type { Issue, Problem } from '../problem.ts';
import { ErrorSummary } from '../shell/error-summary.tsx';
import type { Task } from './tasks.ts';

interface TaskErrorsProps {
  problem: Problem;
  recordId: string;
  tasks: readonly Task[];
  current: string;
  /** reads the record anew; what was typed stays */
  onReload: () => void;
}

/** The summary over a task list: a link may lead to a field of another task. */
export function TaskErrors({ problem, recordId, tasks, current, onReload }: TaskErrorsProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const find = ({ pointer }: Issue) => {
    const inTask = (task: Task) => task.fields.find((field) => isAt(pointer, pointerOf(field.path)));
    const task = tasks.find(inTask);
    return task && { code: task.code, title: inTask(task)?.title };
  };
  const lead = async (issue: Issue) => {
    const task = find(issue)?.code;
    if (task === undefined || task === current) return focusControl(issue.pointer);
    await navigate({ to: '/records/$id/edit/$task', params: { id: recordId, task } });
    requestAnimationFrame(() => focusControl(issue.pointer)); // once the other task is drawn
  };
  return (
    <ErrorSummary
      problem={problem}
      textOf={(issue) => t('edit.errorLink', { title: find(issue)?.title ?? issue.pointer, message: issue.message })}
      onLead={(issue) => void lead(issue)}
      action={
        problem.code === 'REV_CONFLICT' && (
          <button type="button" className="link" onClick={onReload}>
            {t('edit.reload')}
          </button>
        )
      }
    />
  );
}
