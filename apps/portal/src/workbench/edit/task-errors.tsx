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
}

/** The summary over a task list: a link may lead to a field of another task. */
export function TaskErrors({ problem, recordId, tasks, current }: TaskErrorsProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const find = ({ pointer }: Issue) => {
    const inTask = (task: Task) => task.fields.find((field) => isAt(pointer, pointerOf(field.path)));
    const task = tasks.find(inTask);
    return task && { code: task.code, title: inTask(task)?.title };
  };
  const lead = async (issue: Issue) => {
    const task = find(issue)?.code;
    if (task && task !== current) await navigate({ to: '/records/$id/edit/$task', params: { id: recordId, task } });
    requestAnimationFrame(() => focusControl(issue.pointer));
  };
  return (
    <ErrorSummary
      problem={problem}
      textOf={(issue) => t('edit.errorLink', { title: find(issue)?.title ?? issue.pointer, message: issue.message })}
      onLead={(issue) => void lead(issue)}
    />
  );
}
