import { KIND_ZH, ROLE_ZH, SCENARIO_KIND_ZH, STAGE_ZH, VERB_ZH } from '@xiangjing/scenario-sdk';

/** The plan's words for the codes; where the SDK has them they are the SDK's. */
export const words = {
  kind: KIND_ZH,
  kindShort: { opportunity: '机会', capability: '能力', demonstration: '示范' },
  list: { opportunity: '场景机会清单', capability: '场景能力清单', demonstration: '场景示范清单' },
  stage: STAGE_ZH,
  scenarioKind: SCENARIO_KIND_ZH,
  role: ROLE_ZH,
  verb: VERB_ZH,
  provinceShort: '省级',
  suspended: '已暂停',
  yuan: '元',
  separator: '、',
  original: '原文：',
} as const;
