import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../fields/field-groups.ts';
import { pointerOf } from '../../fields/pointer.ts';
import type { RecordView, Vocabulary } from '../../views.ts';
import { FieldItem } from '../inputs/field-item.tsx';
import type { Issue } from '../problem.ts';
import { useSession } from '../session-context.tsx';
import { withKnownChoices } from './known-choices.ts';
import type { Task } from './tasks.ts';
import type { Draft } from './use-draft.ts';

interface TaskFormProps {
  record: RecordView;
  vocabulary: Vocabulary;
  task: Task;
  heading: string;
  draft: Draft;
  issues: readonly Issue[];
  isSaving: boolean;
  onSave: (andGoOn: boolean) => void;
}

/** Why a field cannot be changed now, if so; the node refuses it all the same. */
function useFixed(record: RecordView): (field: Field) => string | undefined {
  const { t } = useTranslation();
  return ({ path }) => {
    if (path === 'core.ownerUscc') return t('edit.fixed');
    return path === 'core.scenarioKind' && record.firstPublishedOn !== null ? t('edit.frozen') : undefined;
  };
}

/** The fields of one task; each save sends what was changed and nothing else. */
export function TaskForm({ record, vocabulary, task, heading, draft, issues, isSaving, onSave }: TaskFormProps) {
  const { t } = useTranslation();
  const { adcode } = useSession().node;
  const fixed = useFixed(record);
  const using = { adcode, domains: draft.valueOf('core.domains') };
  return (
    <form
      className="form"
      aria-label={task.title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSave(true);
      }}
    >
      <h2>{heading}</h2>
      {task.fields.map((known) => {
        const field = withKnownChoices(known, vocabulary, using);
        const why = fixed(field);
        return (
          <FieldItem
            key={field.path}
            pointer={pointerOf(field.path)}
            schema={field.schema}
            label={field.title}
            hint={why ?? field.hint}
            remark={field.need === 'submit' ? undefined : field.need === 'publish' ? t('edit.atPublish') : t('edit.optional')}
            value={draft.valueOf(field.path)}
            onChange={(value) => draft.change(field.path, value)}
            issues={issues}
            isRequired={field.need === 'submit'}
            isDisabled={why !== undefined}
          />
        );
      })}
      <p className="acts">
        <Button type="primary" htmlType="submit" loading={isSaving}>
          {t('edit.save')}
        </Button>
        <Button disabled={isSaving || !draft.isChanged} onClick={() => onSave(false)}>
          {t('edit.saveOnly')}
        </Button>
        {draft.isChanged && <span className="note">{t('edit.unsaved')}</span>}
      </p>
    </form>
  );
}
