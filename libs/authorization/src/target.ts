import type { Kind, Label, ScenarioKind, Stage } from '@xiangjing/scenario-sdk';

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
  /** Join over all its fields: it decides access to the original as a whole. For a replica, over the fields received. */
  joint: Label;
  /** False until somebody set the label. */
  classified: boolean;
  stage: Stage;
  suspended: boolean;
  /** The record is in its views (published and not withdrawn); a replica is, until it is retracted. */
  viewed: boolean;
}
