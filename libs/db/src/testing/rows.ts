import { randomUUID } from 'node:crypto';
import type { ListedRow } from '../listed-row.ts';

/** A published L1 row; a test names what matters to it. */
export function listedRow(more: Partial<ListedRow> = {}): ListedRow {
  const origin = more.origin ?? '430100';
  return {
    id: `urn:xiangjing:${origin}:opportunity:${randomUUID()}`,
    origin,
    kind: 'opportunity',
    rev: 1,
    stage: 'published',
    suspended: false,
    viewed: true,
    shape: 'full',
    title: '低空经济应用场景',
    summary: '',
    outsideTitle: more.title ?? '低空经济应用场景',
    outsideSummary: more.summary ?? '',
    domain: 'low-altitude-economy',
    domains: ['low-altitude-economy'],
    scenarioTypes: ['low-altitude-economy.01'],
    region: origin,
    scenarioKind: 'small-incision',
    ownerUscc: '12439900000000000X',
    ownerName: '示例单位',
    level: 0,
    pi: 0,
    safety: 0,
    share: 0,
    open: 0,
    jointLevel: 0,
    jointPi: 0,
    jointSafety: 0,
    jointShare: 0,
    jointOpen: 0,
    classified: true,
    facets: {},
    firstPublishedOn: '2026-11-24',
    responseDeadline: null,
    validUntil: null,
    changedAt: new Date('2026-11-24T08:00:00.123Z'),
    receivedAt: null,
    ...more,
  };
}
