import { useTranslation } from 'react-i18next';

/** Printing and copying need the enhancement script, so they appear with it; the JSON needs nothing. */
export function PageActions({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <p className="get no-print" role="group" aria-label={t('record.page')}>
      <button type="button" className="link" data-print hidden>
        {t('record.print')}
      </button>
      <button type="button" className="link" data-copy data-done={t('record.copied')} hidden>
        {t('record.copy')}
      </button>
      <a href={`/api/v1/records/${id}`}>{t('record.json')}</a>
    </p>
  );
}
