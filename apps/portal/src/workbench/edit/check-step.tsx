import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FieldGroup } from '../../fields/field-groups.ts';
import { RecordFields } from '../../record/record-fields.tsx';
import { domainOf, summaryOf } from '../../record/record-text.ts';
import type { RecordView, Vocabulary } from '../../views.ts';
import { useTRPC } from '../api.ts';
import { problemOf, type Problem } from '../problem.ts';
import { missingFields, valueIn } from './tasks.ts';
import { useKeepRecord } from './use-save.ts';

interface CheckStepProps {
  record: RecordView;
  vocabulary: Vocabulary;
  groups: readonly FieldGroup[];
  heading: string;
  onProblem: (problem: Problem | null) => void;
}

/** The answers once more, what is still missing, and handing in. */
export function CheckStep({ record, vocabulary, groups, heading, onProblem }: CheckStepProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const keep = useKeepRecord();
  const advance = useMutation(useTRPC().catalogue.records.advance.mutationOptions());
  const missing = groups.flatMap((group) => missingFields(group.fields, valueIn(record), 'submit').map((field) => ({ group, field })));
  const submit = async () => {
    try {
      keep(await advance.mutateAsync({ id: record.id, rev: record.rev, verb: 'submit' }));
      onProblem(null);
      await navigate({ to: '/records/$id', params: { id: record.id } });
    } catch (error) {
      onProblem(problemOf(error));
    }
  };
  return (
    <div className="form wide">
      <h2>{heading}</h2>
      <p className="note">{t('edit.check.lead')}</p>
      {missing.length > 0 ? (
        <>
          <h3>{t('edit.check.missing')}</h3>
          <ul className="plain-list">
            {missing.map(({ group, field }) => (
              <li key={field.path}>
                <Link to="/records/$id/edit/$task" params={{ id: record.id, task: group.code }}>
                  {t('edit.check.missingLink', { group: group.title, title: field.title })}
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p className="ok">{t('edit.check.ready')}</p>
      )}
      <div className="prose answers">
        <h3>{t('edit.check.answer')}</h3>
        <p className="lead">{summaryOf(record)}</p>
        <RecordFields record={record} vocabulary={vocabulary} domain={domainOf(record)} />
      </div>
      <p className="acts">
        {record.verbs.includes('submit') ? (
          <Button type="primary" loading={advance.isPending} onClick={() => void submit()}>
            {t('edit.check.submit')}
          </Button>
        ) : (
          <span className="note">{t('edit.check.notOwner')}</span>
        )}
      </p>
    </div>
  );
}
