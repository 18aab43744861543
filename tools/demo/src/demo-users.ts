import { adcodePrefix, DOMAIN_CODES, PROVINCE, regionsOf } from '@xiangjing/scenario-sdk';
import type { DemoUser } from '@xiangjing/local-servers';
import { AGENCY_OWNER, ENTERPRISE_OWNER, organisationsOf, shortName } from './seeds/organisations.ts';

/** Cleared up to L4, signed in strongly, trained: what government staff of a demo node are. */
const CLEARED = { clearance_level: 'L4', clearance_pi: 'spi', clearance_safety: 'ps', training_until: '2099-12-31', acr: '2' };

interface Role {
  username: string;
  name: string;
  note: string;
  grants: string[];
}

/** The users of a node's demo realm: one per role that has a verb or a page here, and one for each further organisation. */
export function demoUsersOf(adcode: string, password: string): DemoUser[] {
  const organisations = organisationsOf(adcode);
  const owners = organisations.map((o) => ({
    username: o.owner,
    name: o.owner === AGENCY_OWNER ? '周示例' : o.owner === ENTERPRISE_OWNER ? '陈示例' : `示例经办人 ${o.owner.slice(-2)}`,
    note: `为${o.name}填报${o.offers ? '能力' : '机会和示范'}`,
    claims: { ...CLEARED, grants: [`owner@org:${o.uscc}`], org_verified: true },
    password,
  }));
  const roles = rolesOf(adcode).map(({ grants, ...rest }) => ({ ...rest, password, claims: { ...CLEARED, grants } }));
  const printed = owners.filter((o) => !isFurther(o.username));
  return [...printed, ...roles, ...owners.filter((o) => isFurther(o.username))];
}

/** An organisation's account that the demo does not list by name. */
export const isFurther = (username: string): boolean => /^owner-\d+$/.test(username);

/** The county whose own coordinator the demo has; undefined at the province. */
export const demoCountyOf = (adcode: string) => (adcode === PROVINCE ? undefined : regionsOf(adcode).find((r) => r.level === 'county'));

function rolesOf(adcode: string): Role[] {
  const own = adcodePrefix(adcode);
  const here = shortName(adcode);
  const county = demoCountyOf(adcode);
  const common: Role[] = [
    { username: 'checker', name: '吴示例', note: '审核员：退回并说明原因', grants: [`checker@${own}`] },
    {
      username: 'lead',
      name: '郑示例',
      note: '行业牵头部门：遴选、退回、恢复',
      grants: DOMAIN_CODES.map((domain) => `lead@domain:${domain}`),
    },
    { username: 'coordinator', name: '王示例', note: `${here}发展改革部门：发布、撤回`, grants: [`coordinator@${own}`] },
    { username: 'steward', name: '林示例', note: '数据管理员：提高定级', grants: [`steward@${own}`] },
    { username: 'supervisor', name: '何示例', note: '督导员：暂停展示', grants: [`supervisor@${own}`] },
    { username: 'operator', name: '马示例', note: '节点运维员：看节点状态，看不到记录内容', grants: [`node-operator@${own}`] },
  ];
  if (adcode === PROVINCE)
    return [...common, { username: 'analyst', name: '高示例', note: '省级分析员：只读', grants: [`analyst@${own}`] }];
  if (!county) return common;
  return [
    ...common,
    { username: 'county', name: '唐示例', note: `${county.nameZh}发展改革部门：只办本县区的`, grants: [`coordinator@${county.adcode}`] },
  ];
}
