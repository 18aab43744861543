import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { expect, it } from 'vitest';
import { createTexts } from '../../i18n/index.ts';
import { SiteProvider } from '../../site-context.tsx';
import { NOW } from '../../testing/records.ts';
import type { RecordJourney } from '../../views.ts';
import { JourneyTable } from './journey-table.tsx';

type Step = RecordJourney['steps'][number];
const log = { topic: 'xiangjing.430100.up', incarnation: 'life-1', offset: 117 };
const sent = (more: Partial<Step>): Step => ({
  id: String(more.road),
  node: '430100',
  step: 'sent',
  at: NOW,
  isLatest: false,
  rev: 4,
  view: 'up',
  eventId: 'e',
  road: null,
  log: null,
  outcome: 'acknowledged',
  elapsedMs: 140,
  ...more,
});

function textOf(steps: Step[]): string {
  const site = { node: { adcode: '430100', nameZh: '长沙市' }, person: null, now: new Date(NOW) };
  const text = renderToStaticMarkup(
    <I18nextProvider i18n={createTexts()}>
      <SiteProvider value={site}>
        <JourneyTable steps={steps} />
      </SiteProvider>
    </I18nextProvider>,
  );
  return text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
}

it('calls the province’s answer a receipt, which is no road of the event, and says what “at the latest” means', () => {
  const text = textOf([sent({ road: 'https', isLatest: true }), sent({ road: 'kafka', log })]);
  expect(text).toMatch(/省级回执 up .*最迟 140 毫秒 – acknowledged/);
  expect(text).toMatch(/Kafka 收妥 up .* 140 毫秒 Kafka xiangjing\.430100\.up @117/);
  expect(text).not.toContain('HTTPS');
  expect(text).toContain('“最迟”是说只知道不晚于这个时间');
});

it('explains nothing where every time is exact, and names the road by which an event was received', () => {
  const text = textOf([sent({ step: 'received', road: 'https', outcome: 'applied' })]);
  expect(text).toMatch(/对方收到 up .* 140 毫秒 HTTPS applied/);
  expect(text).not.toContain('最迟');
});
