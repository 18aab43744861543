import { useMutation } from '@tanstack/react-query';
import { atLeast, join, labelText, PRESETS, sameLabel, type Label } from '@xiangjing/scenario-sdk';
import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { titleOf } from '../../record/record-text.ts';
import type { RecordView } from '../../views.ts';
import { useTRPC } from '../api.ts';
import { useKeepRecord } from '../edit/use-save.ts';
import { LabelChoice } from '../label/label-choice.tsx';
import { LabelEffects } from '../label/label-effects.tsx';
import { problemOf, type Problem } from '../problem.ts';
import { ErrorSummary } from '../shell/error-summary.tsx';

interface ClassifyDialogProps {
  record: RecordView;
  onClose: () => void;
  onDone: (text: string) => void;
}

/** Presets stricter than the present label; there is no way down here. */
const higherLabels = (now: Label): Label[] =>
  Object.values(PRESETS)
    .map((preset) => join(preset, now))
    .filter((label, i, all) => !sameLabel(label, now) && atLeast(label, now) && all.findIndex((other) => sameLabel(other, label)) === i);

/** The steward raises a label; it takes effect at once. */
export function ClassifyDialog({ record, onClose, onDone }: ClassifyDialogProps) {
  const { t } = useTranslation();
  const keep = useKeepRecord();
  const classify = useMutation(useTRPC().catalogue.records.classify.mutationOptions());
  const [chosen, setChosen] = useState<Label>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const choices = record.label ? higherLabels(record.label) : [];
  const act = async () => {
    if (!chosen) return;
    try {
      const after = await classify.mutateAsync({ id: record.id, rev: record.rev, label: chosen });
      keep(after);
      onClose();
      onDone(t('verbs.done', { verb: t('edit.label.raise'), rev: after.rev }));
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <Modal
      open
      title={t('edit.label.raiseTitle', { title: titleOf(t, record) })}
      okText={t('edit.label.raise')}
      cancelText={t('verbs.cancel')}
      okButtonProps={{ disabled: !chosen }}
      confirmLoading={classify.isPending}
      onOk={() => void act()}
      onCancel={onClose}
    >
      {problem && <ErrorSummary problem={problem} />}
      {record.label && <p>{t('edit.label.now', { text: labelText(record.label) })}</p>}
      {choices.length === 0 ? (
        <p className="note">{t('edit.label.nothingHigher')}</p>
      ) : (
        <fieldset className="item">
          <legend className="label">{t('edit.label.own')}</legend>
          <LabelChoice choices={choices} value={chosen} onChange={setChosen} />
        </fieldset>
      )}
      {chosen && <LabelEffects label={chosen} />}
    </Modal>
  );
}
