import { rank, type Kind, type Label, type ScenarioKind, type Stage } from '@xiangjing/scenario-sdk';
import type { ListedColumns } from './condition.ts';

/** What a decision has to know of one record. Always loaded whole: a label that is missing or unknown denies. */
export interface Target {
  /** Home node of the record. */
  origin: string;
  kind: Kind;
  ownerUscc: string;
  region: string;
  domains: readonly string[];
  scenarioKind?: ScenarioKind | null;
  /** The record's own label: it alone chooses the projection. */
  label: Label;
  /** Join over all its fields: it decides access to the original as a whole. Of a replica: over the fields received. */
  joint: Label;
  /** False until somebody set the label. */
  classified: boolean;
  stage: Stage;
  suspended: boolean;
  /** The record is in its views (published and not withdrawn); a replica is, until it is retracted. */
  viewed: boolean;
}

/** The columns of `listed_record` that rules about who and where read. */
export function columnsOf(target: Target): ListedColumns {
  const { origin, kind, ownerUscc, region, domains, stage, suspended, viewed, classified, label, joint } = target;
  const where = { origin, kind, ownerUscc, region, domains, stage, suspended, viewed, classified };
  const unread = { id: '', shape: 'full', scenarioTypes: [], domain: domains[0] ?? '', scenarioKind: target.scenarioKind ?? '' };
  const own = { level: rank('level', label.level), pi: rank('pi', label.pi), safety: rank('safety', label.safety) };
  const whole = { jointLevel: rank('level', joint.level), jointPi: rank('pi', joint.pi), jointSafety: rank('safety', joint.safety) };
  return {
    ...unread,
    ...where,
    ...own,
    share: rank('share', label.share),
    open: rank('open', label.open),
    ...whole,
    jointShare: rank('share', joint.share),
    jointOpen: rank('open', joint.open),
  };
}
