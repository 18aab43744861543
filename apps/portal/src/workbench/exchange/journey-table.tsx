import { useTranslation } from 'react-i18next';
import { secondText } from '../../format/moment.ts';
import { useSite } from '../../site-context.tsx';
import { shortPlace } from '../../ui/place-name.ts';
import type { RecordJourney } from '../../views.ts';

type Step = RecordJourney['steps'][number];
const COLUMNS = ['step', 'node', 'rev', 'at', 'elapsed', 'road', 'outcome'] as const;

function Elapsed({ step: { elapsedMs, isLatest } }: { step: Step }) {
  const { t } = useTranslation();
  if (elapsedMs === null) return t('federation.unknown');
  return t(isLatest ? 'exchange.elapsedAtMost' : 'exchange.elapsed', { ms: elapsedMs.toLocaleString('zh-CN') });
}

/** An acknowledgement by HTTPS is the province's receipt for what it holds, whichever road brought it. */
const isReceipt = ({ step, road }: Step): boolean => step === 'sent' && road === 'https';

function stepName({ step, road }: Step): Step['step'] | 'receipt' | 'logged' {
  if (step !== 'sent' || road === null) return step;
  return road === 'https' ? 'receipt' : 'logged';
}

function Road({ step }: { step: Step }) {
  const { t } = useTranslation();
  const { road, log } = step;
  if (!road || isReceipt(step)) return t('federation.none');
  return (
    <div>
      {t(`federation.road.${road}`)}
      {log && (
        <small>
          <code>{log.offset === null ? log.topic : `${log.topic} @${log.offset}`}</code>
        </small>
      )}
    </div>
  );
}

/** By revision, and within one in the order of the journey. */
export function JourneyTable({ steps }: { steps: Step[] }) {
  const { t } = useTranslation();
  return (
    <>
      <StepTable steps={steps} />
      {steps.some(({ isLatest }) => isLatest) && <p className="note">{t('exchange.latestNote')}</p>}
    </>
  );
}

function StepTable({ steps }: { steps: Step[] }) {
  const { t } = useTranslation();
  const { now } = useSite();
  return (
    <table className="stack" role="table" aria-label={t('exchange.table')}>
      <thead role="rowgroup">
        <tr role="row">
          {COLUMNS.map((column) => (
            <th key={column} scope="col" role="columnheader">
              {t(`exchange.column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {steps.map((step) => (
          <tr key={step.id} role="row">
            <th scope="row" role="rowheader">
              {t(`exchange.step.${stepName(step)}`)} {step.view && <code className="muted">{step.view}</code>}
            </th>
            <td role="cell" data-k={t('exchange.column.node')}>
              {shortPlace(t, step.node)}
            </td>
            <td role="cell" data-k={t('exchange.column.rev')}>
              {t('exchange.revText', { rev: step.rev })}
            </td>
            <td role="cell" data-k={t('exchange.column.at')}>
              {step.at ? secondText(t, step.at, now) : t('federation.unknown')}
            </td>
            <td role="cell" data-k={t('exchange.column.elapsed')}>
              <Elapsed step={step} />
            </td>
            <td role="cell" data-k={t('exchange.column.road')}>
              <Road step={step} />
            </td>
            <td role="cell" data-k={t('exchange.column.outcome')}>
              <code>{step.outcome}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
