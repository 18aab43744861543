import { useTranslation } from 'react-i18next';
import type { ListQuery } from '../../views.ts';

const CHOICES = ['7d', '30d', 'open'] as const;

/** How soon the answer is due; only opportunities have such a date. Left at 不限 it sends nothing that narrows. */
export function DueField({ due }: { due: ListQuery['due'] }) {
  const { t } = useTranslation();
  return (
    <fieldset>
      <legend>{t('list.facet.due')}</legend>
      <ul>
        <li>
          <label>
            <input type="radio" name="due" value="" defaultChecked={due === undefined} />
            {t('list.due.any')}
          </label>
        </li>
        {CHOICES.map((choice) => (
          <li key={choice}>
            <label>
              <input type="radio" name="due" value={choice} defaultChecked={due === choice} />
              {t(`list.due.${choice}`)}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
