import { PROVINCE } from '@xiangjing/scenario-sdk';
import { useTranslation } from 'react-i18next';
import { FEDERATION_PATH, withSetting } from '../../paths.ts';
import { usePage } from '../page-context.tsx';

export function Masthead() {
  const { t } = useTranslation();
  const { node, mode, contrast, url, demo } = usePage();
  return (
    <>
      <div className="mast" role="region" aria-label={t('frame.identity')}>
        <div className="wrap">
          <ul>
            <li>
              <b>{node.adcode === PROVINCE ? t('frame.provinceNode') : t('frame.cityNode', { name: node.nameZh })}</b> {node.adcode}
            </li>
            {node.hostUnit && <li>{t('frame.host', { name: node.hostUnit })}</li>}
          </ul>
          <ul className="tools-l">
            <li>
              <a href={FEDERATION_PATH}>{t('frame.federation')}</a>
            </li>
            <li>
              {mode === 'elder' ? (
                <a href={withSetting(url, 'mode', 'default')}>{t('frame.standard')}</a>
              ) : (
                <a href={withSetting(url, 'mode', 'elder')}>{t('frame.elder')}</a>
              )}
            </li>
            <li>
              {contrast === 'high' ? (
                <a href={withSetting(url, 'contrast', 'default')}>{t('frame.normalContrast')}</a>
              ) : (
                <a href={withSetting(url, 'contrast', 'high')}>{t('frame.highContrast')}</a>
              )}
            </li>
          </ul>
        </div>
      </div>
      {demo && (
        <div className="sample" role="region" aria-label={t('frame.sampleNote')}>
          <div className="wrap">{t('frame.sample')}</div>
        </div>
      )}
    </>
  );
}
