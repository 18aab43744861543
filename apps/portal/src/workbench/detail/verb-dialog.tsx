import { LIFECYCLE, type LifecycleVerb } from '@xiangjing/scenario-sdk';
import { Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pointerOf } from '../../fields/pointer.ts';
import type { RecordView, Vocabulary } from '../../views.ts';
import { formGroups } from '../edit/tasks.ts';
import { FieldItem } from '../inputs/field-item.tsx';
import type { Issue } from '../problem.ts';
import { ErrorSummary } from '../shell/error-summary.tsx';
import { reasonCodes } from './reason-codes.ts';
import { useAdvance } from './use-advance.ts';

interface VerbDialogProps {
  record: RecordView;
  vocabulary: Vocabulary;
  verb: LifecycleVerb;
  onClose: () => void;
  onDone: (text: string) => void;
}

/** Asks once more, and for the reason where the lifecycle's table demands one. */
export function VerbDialog({ record, vocabulary, verb, onClose, onDone }: VerbDialogProps) {
  const { t } = useTranslation();
  const need = LIFECYCLE[verb].reason;
  const [code, setCode] = useState<unknown>('other');
  const [text, setText] = useState<unknown>();
  const [fields, setFields] = useState<unknown>();
  const [faults, setFaults] = useState<Issue[]>([]);
  const name = t(`words.verb.${verb}`);
  const { run, problem, isRunning } = useAdvance(record, (after) => {
    onClose();
    onDone(t('verbs.done', { verb: name, rev: after.rev }));
  });
  const codes = reasonCodes(verb);
  const named = formGroups(vocabulary, record).flatMap((group) => group.fields);
  const act = () => {
    const given = {
      code: String(code),
      text: typeof text === 'string' ? text : '',
      fields: Array.isArray(fields) ? fields.map(String) : [],
    };
    const open = [
      ...(need !== 'none' && given.text === '' ? [fault('/text', t('verbs.needReason'))] : []),
      ...(need === 'field' && given.fields.length === 0 ? [fault('/fields', t('verbs.needFields'))] : []),
    ];
    setFaults(open);
    if (open.length === 0) void run(verb, need === 'none' ? [] : [given]);
  };
  return (
    <Modal
      open
      title={name}
      okText={t('verbs.confirm', { verb: name })}
      cancelText={t('verbs.cancel')}
      confirmLoading={isRunning}
      onOk={act}
      onCancel={onClose}
    >
      {problem && <ErrorSummary problem={problem} />}
      <p>{t(`verbs.about.${verb}`)}</p>
      {need === 'field' && (
        <FieldItem
          pointer="/fields"
          schema={{
            type: 'array',
            items: {
              type: 'string',
              enum: named.map(({ path }) => pointerOf(path)),
              'x-zh': Object.fromEntries(named.map(({ path, title }) => [pointerOf(path), title])),
            },
          }}
          label={t('verbs.fields')}
          hint={t('verbs.fieldsHint')}
          value={fields}
          onChange={setFields}
          issues={faults}
          isRequired
        />
      )}
      {need !== 'none' && (
        <>
          <FieldItem
            pointer="/code"
            schema={{ type: 'string', enum: codes, 'x-zh': Object.fromEntries(codes.map((known) => [known, t(`verbs.code.${known}`)])) }}
            label={t('verbs.reasonCode')}
            value={code}
            onChange={setCode}
            issues={faults}
            isRequired
          />
          <FieldItem
            pointer="/text"
            schema={{ type: 'string', maxLength: 2000 }}
            label={t('verbs.reason')}
            hint={t('verbs.reasonHint')}
            value={text}
            onChange={setText}
            issues={faults}
            isRequired
          />
        </>
      )}
    </Modal>
  );
}

const fault = (pointer: string, message: string): Issue => ({ pointer, code: 'REASON_MISSING', message, remedy: '' });
