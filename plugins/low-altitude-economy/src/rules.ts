import { covers, findings, isViewed, type RuleContext, type RuleIssue } from '@xiangjing/scenario-sdk';
import type { Attributes } from './attributes.ts';
import { RULES } from './rule-texts.ts';

const { block } = findings(RULES);
const SURVEYING = 'low-altitude-economy.05';

/** Take-off mass per class: over `over`, up to `upTo`, in kg. Source: 国令第761号 第六十二条, in force 2024-01-01. */
const MASS = {
  micro: { over: 0, upTo: 0.25 },
  light: { over: 0, upTo: 7 },
  small: { over: 0, upTo: 25 },
  medium: { over: 0, upTo: 150 },
  large: { over: 150, upTo: Infinity },
};
/** True height above ground over which airspace is controlled, in m. Source: 国令第761号 第十九条. */
const OPEN_UP_TO = 120;

/** All rules of the domain; each looks at what is there and is silent about what is not. */
export default function validate(attrs: Attributes, at: RuleContext): RuleIssue[] {
  return [
    ...classMatchesMass(attrs),
    ...routesAreAllowed(attrs),
    ...permissionsCoverPeriod(attrs, at),
    ...surveyorIsLicensed(attrs, at),
    ...noOpenIncident(attrs, at),
  ];
}

function classMatchesMass({ uavClass, takeoffMass }: Attributes): RuleIssue[] {
  if (uavClass === undefined || takeoffMass === undefined) return [];
  const { over, upTo } = MASS[uavClass];
  if (takeoffMass > over && takeoffMass <= upTo) return [];
  return [block('class-mass', '/takeoffMass', { mass: takeoffMass, range: upTo === Infinity ? `> ${over} kg` : `≤ ${upTo} kg` })];
}

function routesAreAllowed({ routes = [], airspaceApproval }: Attributes): RuleIssue[] {
  return routes.flatMap((route, i) => {
    const wrongBand = route.lower > route.upper ? [block('height-band', `/routes/${i}/lower`, { route: route.name })] : [];
    const controlled = route.upper > OPEN_UP_TO || route.airspace === 'controlled';
    const unapproved = controlled && !airspaceApproval ? [block('approval-needed', `/routes/${i}/upper`, { route: route.name })] : [];
    return [...wrongBand, ...unapproved];
  });
}

function permissionsCoverPeriod({ airspaceApproval, operatorLicence, insurance }: Attributes, { planned }: RuleContext): RuleIssue[] {
  if (!planned) return [];
  const short = (pointer: string, from: string, to: string): RuleIssue[] =>
    covers(from, to, planned) ? [] : [block('covers-trial', pointer, { from, to, plannedFrom: planned.from, plannedTo: planned.to })];
  return [
    ...(airspaceApproval ? short('/airspaceApproval/validTo', airspaceApproval.validFrom, airspaceApproval.validTo) : []),
    ...(operatorLicence ? short('/operatorLicence/validTo', operatorLicence.validFrom, operatorLicence.validTo) : []),
    ...(insurance ? short('/insurance/until', planned.from, insurance.until) : []),
  ];
}

function surveyorIsLicensed({ surveyingLicence }: Attributes, { terms }: RuleContext): RuleIssue[] {
  return terms.includes(SURVEYING) && !surveyingLicence ? [block('survey-licence', '/surveyingLicence')] : [];
}

function noOpenIncident({ incidents = [] }: Attributes, { stage }: RuleContext): RuleIssue[] {
  if (!isViewed(stage)) return [];
  return incidents.flatMap((incident, i) =>
    incident.severity === 'minor' || incident.closedOn ? [] : [block('serious-incident', `/incidents/${i}`, { date: incident.date })],
  );
}
