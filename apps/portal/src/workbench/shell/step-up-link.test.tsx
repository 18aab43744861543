import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { expect, it } from 'vitest';
import { createTexts } from '../../i18n/index.ts';
import { StepUpLink } from './step-up-link.tsx';

const texts = createTexts();
const draw = (code: string): string =>
  renderToStaticMarkup(
    <I18nextProvider i18n={texts}>
      <StepUpLink code={code} page="/workbench/records/x?tab=a" />
    </I18nextProvider>,
  );

it('leads to the second factor and back, for the one answer that asks for it', () => {
  expect(draw('STEP_UP')).toContain('href="/auth/login?returnTo=%2Fworkbench%2Frecords%2Fx%3Ftab%3Da&amp;stepUp=1"');
  expect(draw('CLEARANCE')).toBe('');
});
