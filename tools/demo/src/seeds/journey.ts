import type { LifecycleVerb } from '@xiangjing/scenario-sdk';

/** Who takes a step: the record's owner, or one of the node's demo users. */
export type Hand = 'owner' | 'checker' | 'lead' | 'coordinator' | 'supervisor';
export interface Step {
  verb: LifecycleVerb;
  hand: Hand;
  reason?: { code: string; text: string; fields?: string[] };
}

const submit: Step = { verb: 'submit', hand: 'owner' };
const select: Step = { verb: 'select', hand: 'lead' };
const publish: Step = { verb: 'publish', hand: 'coordinator' };

/** Where a record of the demo has got to, and the steps that bring it there. */
export const JOURNEYS = {
  draft: [],
  returned: [
    submit,
    {
      verb: 'return',
      hand: 'checker',
      reason: { code: 'unclear-metric', text: '指标的统计口径没有写清楚，请补充数据来源和统计周期。', fields: ['/core/summary'] },
    },
  ],
  solicited: [submit],
  selected: [submit, select],
  published: [submit, select, publish],
  withdrawn: [
    submit,
    select,
    publish,
    { verb: 'withdraw', hand: 'owner', reason: { code: 'plan-changed', text: '年度计划调整，本场景改由下一批次统一组织。' } },
  ],
  suspended: [
    submit,
    select,
    publish,
    { verb: 'suspend', hand: 'supervisor', reason: { code: 'complaint', text: '收到对联系信息真实性的反映，核实期间暂停展示。' } },
  ],
  retired: [submit, select, publish, { verb: 'retire', hand: 'owner' }],
} as const satisfies Record<string, readonly Step[]>;
export type Journey = keyof typeof JOURNEYS;

/** Most records are published; some stand elsewhere, so that each queue of a workbench has something in it. */
const MIX: Record<'opportunity' | 'capability' | 'demonstration', readonly Journey[]> = {
  opportunity: ['draft', 'published', 'solicited', 'published', 'selected', 'published', 'returned', 'published', 'withdrawn', 'published'],
  capability: ['published', 'published', 'solicited', 'published', 'published', 'draft', 'published', 'published', 'selected', 'published'],
  demonstration: [
    'published',
    'published',
    'published',
    'selected',
    'published',
    'published',
    'draft',
    'published',
    'published',
    'retired',
  ],
};
/** The journey of a node's nth record of a kind; `shift` lets nodes differ. */
export const journeyOf = (kind: keyof typeof MIX, nth: number, shift: number): Journey =>
  kind === 'opportunity' && nth === 11 ? 'suspended' : (MIX[kind][(nth + shift) % 10] ?? 'published');
