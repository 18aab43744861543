import { findings, isViewed, type PluginContext, type RuleContext, type RuleIssue, type Stage } from '@xiangjing/scenario-sdk';
import type { Attributes } from './attributes.ts';
import { RULES } from './rule-texts.ts';

const { block } = findings(RULES);

const ASSISTED_DIAGNOSIS = 'healthcare.02';
/** Terms under which a product takes part in diagnosis or treatment. */
const DIAGNOSTIC: readonly string[] = [ASSISTED_DIAGNOSIS, 'healthcare.04'];
const FROM_DOCKED: readonly Stage[] = ['docked', 'landed', 'promoted'];
const FROM_LANDED: readonly Stage[] = ['landed', 'promoted'];
const LEAST_SAMPLE = 100;
const ICD_10 = /^[A-Z]\d{2}(\.[0-9A-Za-z]{1,4})?$/;

/** All rules of the domain; each looks at what is there and at the stage the record wants to reach. */
export default function validate(attrs: Attributes, at: RuleContext, ctx: Pick<PluginContext, 'now'>): RuleIssue[] {
  return [
    ...noIdentifiableData(attrs),
    ...diagnosisIsSupervised(attrs, at, ctx.now.toISOString().slice(0, 10)),
    ...accuracyIsFounded(attrs),
    ...codesHaveShape(attrs),
    ...seriousEventsAreReported(attrs, at),
  ];
}

const noIdentifiableData = ({ patientData }: Attributes): RuleIssue[] =>
  patientData === 'identifiable' ? [block('identifiable-data', '/patientData')] : [];

function diagnosisIsSupervised(
  { ethicsApproval, humanInLoop, deviceRegistration }: Attributes,
  { stage, terms }: RuleContext,
  today: string,
): RuleIssue[] {
  if (!terms.some((term) => DIAGNOSTIC.includes(term))) return [];
  const unattended = (humanInLoop ?? 'none') === 'none' ? [block('human-in-loop', '/humanInLoop')] : [];
  const valid = ethicsApproval && ethicsApproval.validFrom <= today && today <= ethicsApproval.validTo;
  const unapproved = FROM_DOCKED.includes(stage) && !valid ? [block('ethics-approval', '/ethicsApproval')] : [];
  const mustRegister = FROM_LANDED.includes(stage) && terms.includes(ASSISTED_DIAGNOSIS);
  const unregistered = mustRegister && deviceRegistration?.deviceClass !== 'III' ? [block('class-three', '/deviceRegistration')] : [];
  return [...unattended, ...unapproved, ...unregistered];
}

function accuracyIsFounded({ accuracy }: Attributes): RuleIssue[] {
  if (!accuracy) return [];
  const { value, lower, upper, sample } = accuracy;
  const small = sample < LEAST_SAMPLE ? [block('accuracy-sample', '/accuracy/sample', { sample })] : [];
  const outside = value < lower || value > upper ? [block('accuracy-interval', '/accuracy/value', { value, lower, upper })] : [];
  return [...small, ...outside];
}

const codesHaveShape = ({ diseaseCodes = [] }: Attributes): RuleIssue[] =>
  diseaseCodes.flatMap(({ system, code }, i) =>
    system === 'icd-10' && !ICD_10.test(code) ? [block('icd-shape', `/diseaseCodes/${i}/code`, { code })] : [],
  );

function seriousEventsAreReported({ adverseEvents }: Attributes, { stage }: RuleContext): RuleIssue[] {
  if (!adverseEvents) return [];
  const { total, serious, reportedOn } = adverseEvents;
  const miscounted = serious > total ? [block('event-count', '/adverseEvents/serious', { serious, total })] : [];
  const unreported = isViewed(stage) && serious > 0 && !reportedOn ? [block('serious-event', '/adverseEvents/reportedOn')] : [];
  return [...miscounted, ...unreported];
}
