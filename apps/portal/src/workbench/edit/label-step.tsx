import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { labelText, rank, type Label } from '@xiangjing/scenario-sdk';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../fields/field-groups.ts';
import { isEmpty } from '../../fields/field-text.ts';
import type { RecordView } from '../../views.ts';
import { useTRPC } from '../api.ts';
import { GuardedFields } from '../label/guarded-fields.tsx';
import { LabelChoice } from '../label/label-choice.tsx';
import { LabelEffects } from '../label/label-effects.tsx';
import { hasOwnLevel, labelChoices, proposeLabel } from '../label/propose-label.ts';
import { problemOf, type Problem } from '../problem.ts';
import { valueIn } from './tasks.ts';
import { useKeepRecord } from './use-save.ts';

interface LabelStepProps {
  record: RecordView;
  fields: readonly Field[];
  heading: string;
  next: string | undefined;
  onProblem: (problem: Problem | null) => void;
}

/** Last but one: the label follows from what was filled in, and the owner confirms it. After that only the steward may raise it. */
export function LabelStep({ record, fields, heading, next, onProblem }: LabelStepProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const keep = useKeepRecord();
  const classify = useMutation(useTRPC().catalogue.records.classify.mutationOptions());
  const [whole, setWhole] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<Label>();
  const [isConfirmed, setConfirmed] = useState(false);
  const guarded = fields.filter((field) => hasOwnLevel(field) && !isEmpty(valueIn(record)(field.path)));
  const proposal = proposeLabel(guarded.filter((field) => whole.has(field.path)));
  const choices = labelChoices(proposal);
  const label = choices.find((choice) => chosen && labelText(choice) === labelText(chosen)) ?? proposal;
  const toggle = (path: string) =>
    setWhole((before) => new Set(before.has(path) ? [...before].filter((p) => p !== path) : [...before, path]));
  const save = async () => {
    try {
      keep(await classify.mutateAsync({ id: record.id, rev: record.rev, label }));
      onProblem(null);
      if (next) await navigate({ to: '/records/$id/edit/$task', params: { id: record.id, task: next } });
    } catch (error) {
      onProblem(problemOf(error));
    }
  };
  if (record.classified && record.label)
    return (
      <div className="form">
        <h2>{heading}</h2>
        <p>{t('edit.label.set', { text: labelText(record.label) })}</p>
        <LabelEffects label={record.label} />
        <p className="note">{t('edit.label.setNote')}</p>
      </div>
    );
  return (
    <form
      className="form"
      aria-label={t('edit.label.title')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{heading}</h2>
      <p className="note">{t('edit.label.lead')}</p>
      <h3>{t('edit.label.fields')}</h3>
      <GuardedFields fields={guarded} label={label} whole={whole} onToggle={toggle} />
      <fieldset className="item">
        <legend className="label">{t('edit.label.own')}</legend>
        <LabelChoice choices={choices} proposal={proposal} value={label} onChange={setChosen} />
      </fieldset>
      <div className="item">
        <h3>{t('edit.label.effects')}</h3>
        <LabelEffects label={label} />
        {rank('level', label.level) >= rank('level', 'L3') && <p className="warm">{t('edit.label.publicPair')}</p>}
      </div>
      <div className="item">
        <Checkbox checked={isConfirmed} onChange={(event) => setConfirmed(event.target.checked)}>
          {t('edit.label.confirm')}
        </Checkbox>
      </div>
      <p className="acts">
        <Button type="primary" htmlType="submit" disabled={!isConfirmed} loading={classify.isPending}>
          {t('edit.label.save')}
        </Button>
        {!isConfirmed && <span className="note">{t('edit.label.confirmFirst')}</span>}
      </p>
    </form>
  );
}
