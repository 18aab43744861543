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

function Road({ step: { road, log } }: { step: Step }) {
  const { t } = useTranslation();
  if (!road) return t('federation.none');
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
              {t(`exchange.step.${step.step}`)} {step.view && <code className="muted">{step.view}</code>}
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
