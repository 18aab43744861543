import { Link } from '@tanstack/react-router';
import { LifecycleVerb } from '@xiangjing/scenario-sdk';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wholePlace } from '../../ui/place-name.ts';
import type { RecordView, Vocabulary } from '../../views.ts';
import { useSession } from '../session-context.tsx';
import { ClassifyDialog } from './classify-dialog.tsx';
import { VerbDialog } from './verb-dialog.tsx';

/** The one filled button of the page: what moves the record forward. */
const FORWARD: readonly string[] = ['submit', 'select', 'publish'];
const EDITING: readonly string[] = ['edit', 'amend'];

interface VerbPanelProps {
  record: RecordView;
  vocabulary: Vocabulary;
  onDone: (text: string) => void;
}

/** What this person may do with the record now, as the node says, each with what it means. */
export function VerbPanel({ record, vocabulary, onDone }: VerbPanelProps) {
  const { t } = useTranslation();
  const { node } = useSession();
  const [open, setOpen] = useState<LifecycleVerb | 'classify' | null>(null);
  const close = () => setOpen(null);
  const verbs = record.verbs.flatMap((verb) => LifecycleVerb.safeParse(verb).data ?? []).filter((verb) => verb !== 'create');
  const steps = verbs.filter((verb) => !EDITING.includes(verb)).sort((a, b) => Number(FORWARD.includes(b)) - Number(FORWARD.includes(a)));
  const editing = verbs.find((verb) => EDITING.includes(verb));
  const isSteward = record.verbs.includes('classify') && record.classified;
  const isOwn = record.origin === node.adcode;
  return (
    <section className="side verbs" aria-labelledby="a-verbs">
      <h2 id="a-verbs">{t('verbs.title')}</h2>
      {!isOwn && <p className="note">{t('verbs.elsewhere', { node: wholePlace(t, record.origin) })}</p>}
      {isOwn && verbs.length === 0 && !isSteward && <p className="note">{t('verbs.none')}</p>}
      <ul className="held">
        {steps.map((verb) => (
          <li key={verb}>
            <Button type={FORWARD.includes(verb) ? 'primary' : 'default'} onClick={() => setOpen(verb)}>
              {t(`words.verb.${verb}`)}
            </Button>
            <small>{t(`verbs.about.${verb}`)}</small>
          </li>
        ))}
        {editing && (
          <li>
            <Link className="btn quiet" to="/records/$id/edit/$task" params={{ id: record.id, task: 'basics' }}>
              {t(`words.verb.${editing}`)}
            </Link>
            <small>{t(`verbs.about.${editing}`)}</small>
          </li>
        )}
        {isSteward && (
          <li>
            <Button onClick={() => setOpen('classify')}>{t('edit.label.raise')}</Button>
            <small>{t('verbs.about.classify')}</small>
          </li>
        )}
      </ul>
      {open === 'classify' && <ClassifyDialog record={record} onClose={close} onDone={onDone} />}
      {open !== null && open !== 'classify' && (
        <VerbDialog record={record} vocabulary={vocabulary} verb={open} onClose={close} onDone={onDone} />
      )}
    </section>
  );
}
