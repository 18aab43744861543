import { adcodePrefix, isWithin, PROVINCE, Role, type RoleGrant } from '@xiangjing/scenario-sdk';
import type { Actor } from './actor.ts';

/** What a caller is at this node, whatever the record. */
export interface Standing {
  /** Staff of an agency or public institution of this node's territory. */
  government: boolean;
  /** Staff of the province, by a scope that spans it. */
  provincial: boolean;
  /** Staff or node of another place: reads what its own node received, and here what a peer city may have. */
  foreign: boolean;
  /** Acts for an enterprise that has been verified. */
  enterprise: boolean;
  /** Acts for an enterprise, verified or not. */
  anyEnterprise: boolean;
  operator: boolean;
}

/** The first digits of a USCC: `1` is registered by 机构编制 (agencies, public institutions), `91` is an enterprise. */
export const isGovernmentCode = (uscc: string): boolean => uscc.startsWith('1');
export const isEnterpriseCode = (uscc: string): boolean => uscc.startsWith('91');

/** A region scope gives a role here only inside this node's territory: a city's claim never makes a provincial role. */
export const isOfNode = (adcode: string, home: string): boolean => isWithin(adcode, home);
export const isProvinceWide = (adcode: string): boolean => adcodePrefix(adcode) === adcodePrefix(PROVINCE);

const isContentRole = ({ role }: RoleGrant): boolean => role !== 'node-operator' && Role.options.includes(role);

function isGovernmentGrant({ scope }: RoleGrant, home: string): boolean {
  switch (scope.type) {
    case 'region':
      return isOfNode(scope.adcode, home);
    case 'organisation':
      return isGovernmentCode(scope.uscc);
    case 'domain':
      return true;
  }
}

export function standingOf(actor: Actor, home: string): Standing {
  if (actor.type === 'node') return { ...NOBODY, foreign: actor.adcode !== home && actor.adcode !== PROVINCE };
  if (actor.type !== 'person') return NOBODY;
  const grants = actor.grants.filter(isContentRole);
  const regions = grants.flatMap(({ scope }) => (scope.type === 'region' ? [scope.adcode] : []));
  const government = grants.some((grant) => isGovernmentGrant(grant, home));
  const provincial = regions.some(isProvinceWide);
  const anyEnterprise = grants.some(({ scope }) => scope.type === 'organisation' && isEnterpriseCode(scope.uscc));
  return {
    government,
    provincial,
    foreign: !government && !provincial && regions.length > 0,
    enterprise: anyEnterprise && actor.organisationVerified,
    anyEnterprise,
    operator: actor.grants.some(({ role, scope }) => role === 'node-operator' && scope.type === 'region' && isOfNode(scope.adcode, home)),
  };
}

const NOBODY: Standing = { government: false, provincial: false, foreign: false, enterprise: false, anyEnterprise: false, operator: false };
