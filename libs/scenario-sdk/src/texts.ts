import type { Kind, ScenarioKind, Stage } from './kinds.ts';
import type { LifecycleVerb } from './lifecycle-verb.ts';
import type { Role } from './roles.ts';

/** The plan's words for the codes, in Simplified Chinese: what messages and pages say instead of a code. */
export const KIND_ZH: Record<Kind, string> = { capability: '场景能力', opportunity: '场景机会', demonstration: '场景示范' };

export const SCENARIO_KIND_ZH: Record<ScenarioKind, string> = {
  'major-comprehensive': '综合性重大场景',
  'industry-integrated': '行业领域集成式场景',
  'small-incision': '高价值小切口场景',
};

export const STAGE_ZH: Record<Stage, string> = {
  draft: '草稿',
  returned: '退回',
  solicited: '征集',
  selected: '遴选',
  published: '发布',
  docked: '对接',
  landed: '落地',
  promoted: '推广',
  withdrawn: '撤回',
  retired: '归档',
};

export const VERB_ZH: Record<LifecycleVerb, string> = {
  create: '新建',
  edit: '修改',
  discard: '删除草稿',
  submit: '提交',
  recall: '取回',
  return: '退回',
  select: '遴选通过',
  publish: '发布',
  amend: '变更',
  suspend: '暂停',
  resume: '恢复',
  withdraw: '撤回',
  retire: '归档',
  reopen: '重新打开',
};

export const ROLE_ZH: Record<Role, string> = {
  owner: '场景单位',
  checker: '审核员',
  lead: '行业牵头部门',
  coordinator: '统筹协调员',
  steward: '数据管理员',
  supervisor: '督导员',
  analyst: '分析员',
  'node-operator': '节点运维员',
};
