import { useTranslation } from 'react-i18next';
import type { Issue } from '../problem.ts';

/** What is wrong and what to do, in the node's words. */
export function IssueText({ issue: { message, remedy } }: { issue: Issue }) {
  const { t } = useTranslation();
  return <>{remedy ? t('edit.remedy', { message: message.replace(/。$/, ''), remedy }) : message}</>;
}
