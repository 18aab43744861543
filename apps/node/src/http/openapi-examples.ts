import { PRESETS } from '@xiangjing/scenario-sdk';

/** Sample bodies of the OpenAPI document, by procedure; a test validates each against its schema. Organisations are made up (示例). */
const ID = 'urn:xiangjing:430100:opportunity:01937c2e-5a10-7b44-9d1e-3f60a2c8e015';
const OWNER = { uscc: '119943011MB01000138', name: '示例水务运营单位' };
const AT = '2026-11-24T01:00:00.000Z';

const core = {
  title: '老旧管网漏损监测与预警',
  summary: '在三个老旧片区布设监测点，把漏损定位时间从数天缩短到数小时。',
  domains: ['urban-rural-governance'],
  scenarioTypes: ['urban-rural-governance.01'],
  scenarioKind: 'small-incision',
  region: '430100',
  ownerUscc: OWNER.uscc,
};

const record = {
  id: ID,
  kind: 'opportunity',
  origin: '430100',
  rev: 4,
  stage: 'published',
  suspended: false,
  shape: 'full',
  title: core.title,
  core,
  attrs: {},
  schema: 0,
  label: PRESETS.pub,
  labels: { 'core.title': PRESETS.pub },
  withheld: [{ path: 'core.contact', titleZh: '联系人', level: 'L2', personal: true, howZh: '双方确认对接意向后可见' }],
  classified: true,
  unchecked: false,
  owner: OWNER,
  holder: { role: 'owner', nameZh: '需求单位', dueOn: '2026-12-18' },
  verbs: [],
  provenance: {
    view: 'up',
    receivedAt: AT,
    heardAt: AT,
    verified: true,
    digest: 'b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184',
  },
  firstPublishedOn: '2026-11-18',
  stageDates: {},
  changedAt: AT,
};

const listed = {
  id: ID,
  kind: 'opportunity',
  origin: '430100',
  rev: 4,
  stage: 'published',
  suspended: false,
  shape: 'full',
  title: core.title,
  summary: core.summary,
  domain: 'urban-rural-governance',
  domains: core.domains,
  scenarioTypes: core.scenarioTypes,
  region: '430100',
  scenarioKind: 'small-incision',
  owner: OWNER,
  level: 'L1',
  classified: true,
  firstPublishedOn: '2026-11-18',
  responseDeadline: '2026-12-18',
  validUntil: '2027-12-31',
  changedAt: AT,
  receivedAt: AT,
  heardAt: AT,
};
const facet = (value: string) => [{ value, count: 1 }];

const organisation = { uscc: OWNER.uscc, name: OWNER.name, type: 'agency', region: '430100' };
const organisationView = { ...organisation, industry: null, parentUscc: null, state: 'active', rev: 1 };

const step = { node: '430100', at: AT, elapsedMs: 0, isLatest: false, rev: 4, view: null, eventId: null, road: null, log: null };
const event = { view: 'up', eventId: '430100/up/1/118' };
const log = { topic: 'xiangjing.430100.up', incarnation: '01937c2e-5a10-7b44-9d1e-3f60a2c8e017', offset: 117 };

export const EXAMPLES: Record<string, { request?: object; response?: object }> = {
  'catalogue.records.list': {
    response: {
      items: [listed],
      total: 1,
      facets: {
        kind: facet('opportunity'),
        domain: facet('urban-rural-governance'),
        region: facet('430100'),
        stage: facet('published'),
        scenarioKind: facet('small-incision'),
        origin: facet('430100'),
      },
      nextCursor: null,
      asOf: AT,
      late: [],
    },
  },
  'catalogue.records.get': { response: record },
  'catalogue.records.create': {
    request: { kind: 'opportunity', core, attrs: {}, label: PRESETS.pub, fieldLabels: {} },
    response: { ...record, stage: 'draft', rev: 1 },
  },
  'catalogue.records.edit': {
    request: { rev: 4, core: { summary: '改为在四个老旧片区布设监测点。' }, attrs: {} },
    response: { ...record, rev: 5 },
  },
  'catalogue.records.advance': {
    request: { verb: 'return', rev: 2, reasons: [{ code: 'METRIC_UNCLEAR', text: '目标值没有数字', fields: ['/core/metrics'] }] },
    response: { ...record, stage: 'returned', rev: 3 },
  },
  'catalogue.records.classify': { request: { rev: 1, label: PRESETS.biz }, response: { ...record, label: PRESETS.biz, rev: 2 } },
  'catalogue.records.withdraw': {
    request: { rev: 4, reasons: [{ code: 'OBSOLETE', text: '需求取消', fields: [] }] },
    response: { ...record, stage: 'withdrawn', rev: 5 },
  },
  'catalogue.records.history': {
    response: {
      items: [
        {
          rev: 5,
          at: AT,
          verb: 'amend',
          stage: 'published',
          byRole: 'owner',
          changes: [{ path: 'core.summary', titleZh: '摘要', before: '三个片区', after: '四个片区' }],
          reasons: [],
        },
      ],
    },
  },
  'catalogue.organisations.create': { request: organisation, response: organisationView },
  'catalogue.organisations.list': { response: { items: [organisationView], total: 1, nextCursor: null } },
  'operations.federation.compare': { request: {}, response: { askedAt: AT, feeds: [{ origin: '430000', view: 'down' }] } },
  'operations.federation.trace': {
    response: {
      recordId: ID,
      steps: [
        { ...step, id: `430100/committed/01937c2e-5a10-7b44-9d1e-3f60a2c8e016`, step: 'committed', outcome: 'record.published' },
        { ...step, ...event, id: `430100/signed/${event.eventId}`, step: 'signed', outcome: 'opportunity.upserted.v1' },
        { ...step, ...event, id: `430100/sent/${event.eventId} kafka`, step: 'sent', outcome: 'acknowledged', road: 'kafka', log },
        { ...step, ...event, id: `430000/received/${event.eventId}`, node: '430000', step: 'received', outcome: 'applied', road: 'kafka' },
      ],
      province: 'answered',
      fault: null,
    },
  },
};
