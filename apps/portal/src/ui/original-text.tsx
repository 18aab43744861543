import { useTranslation } from 'react-i18next';

/** What was said in English, below the words for people: facts for whoever looks deeper. */
export function OriginalText({ detail }: { detail: string }) {
  const { t } = useTranslation();
  if (detail === '') return null;
  return (
    <small className="original">
      {t('words.original')}
      <span lang="en">{detail}</span>
    </small>
  );
}
