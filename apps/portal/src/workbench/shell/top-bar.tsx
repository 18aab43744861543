import { PROVINCE } from '@xiangjing/scenario-sdk';
import { useTranslation } from 'react-i18next';
import { withSetting } from '../../paths.ts';
import { Mark } from '../../ui/mark.tsx';
import { Wordmark } from '../../ui/wordmark.tsx';
import { useSession } from '../session-context.tsx';
import { signOut } from '../session.ts';
import { ProvinceLink } from './province-link.tsx';

export function TopBar() {
  const { t } = useTranslation();
  const { node, person, mode, contrast, csrf } = useSession();
  const here = location.pathname + location.search;
  return (
    <header className="bar-top">
      <div className="in">
        <a className="brand" href="/" aria-label={t('desk.brand')}>
          <Mark />
          <Wordmark />
        </a>
        <span className="at">
          <b>{node.adcode === PROVINCE ? t('frame.provinceNode') : t('frame.cityNode', { name: node.nameZh })}</b>{' '}
          <span className="muted">{node.adcode}</span>
        </span>
        {node.adcode !== PROVINCE && <ProvinceLink />}
        <div className="me">
          {mode === 'elder' ? (
            <a href={withSetting(here, 'mode', 'default')}>{t('frame.standard')}</a>
          ) : (
            <a href={withSetting(here, 'mode', 'elder')}>{t('frame.elder')}</a>
          )}
          {contrast === 'high' ? (
            <a href={withSetting(here, 'contrast', 'default')}>{t('frame.normalContrast')}</a>
          ) : (
            <a href={withSetting(here, 'contrast', 'high')}>{t('frame.highContrast')}</a>
          )}
          <span>{person.name}</span>
          <button type="button" className="link" onClick={() => void signOut(csrf)}>
            {t('desk.signOut')}
          </button>
        </div>
      </div>
    </header>
  );
}
