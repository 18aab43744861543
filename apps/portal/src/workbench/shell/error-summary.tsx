import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { controlId } from '../../fields/pointer.ts';
import { focusControl } from '../inputs/focus-control.ts';
import type { Issue, Problem } from '../problem.ts';
import { StepUpLink } from './step-up-link.tsx';

interface ErrorSummaryProps {
  problem: Problem;
  /** the words of a link, where the node's message needs the field's name before it */
  textOf?: (issue: Issue) => string;
  /** goes to the field; only needed where it may stand on another page */
  onLead?: (issue: Issue) => void;
  /** what can be done about it at once */
  action?: ReactNode;
}

/** What is wrong, on top of a form: it takes the focus and leads to each field. */
export function ErrorSummary({
  problem,
  textOf = ({ message }) => message,
  onLead = ({ pointer }) => focusControl(pointer),
  action,
}: ErrorSummaryProps) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [problem]);
  const { errors, detail, remedy } = problem;
  return (
    <div className="sum-err" role="alert" tabIndex={-1} ref={box}>
      <h2>{errors.length > 0 ? t('edit.errors', { count: errors.length }) : detail || t('desk.silent')}</h2>
      {errors.length === 0 && <p>{remedy || t('desk.silentRemedy')}</p>}
      <StepUpLink code={problem.code} />
      <ul>
        {errors.map((issue) => (
          <li key={issue.pointer + issue.message}>
            <a
              href={`#${controlId(issue.pointer)}`}
              onClick={(event) => {
                event.preventDefault();
                onLead(issue);
              }}
            >
              {textOf(issue)}
            </a>
          </li>
        ))}
      </ul>
      {action}
    </div>
  );
}
