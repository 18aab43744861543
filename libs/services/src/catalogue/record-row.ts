import type { Target } from '@xiangjing/authorization';
import type { RecordModel } from '@xiangjing/db';
import {
  AXES,
  isViewed,
  rank,
  type JsonObject,
  type Kind,
  type Label,
  type RecordDocument,
  type ScenarioKind,
  type Stage,
} from '@xiangjing/scenario-sdk';

/** A row of `record`, read into the words of the domain. Label axes are ranks in the table. */
export type RecordRow = RecordModel;

type Ranks = Pick<RecordRow, 'level' | 'pi' | 'safety' | 'share' | 'open'>;
type JointRanks = Pick<RecordRow, 'jointLevel' | 'jointPi' | 'jointSafety' | 'jointShare' | 'jointOpen'>;

/** A rank that no axis has gives an undefined value: every decision then denies as unlabelled. */
export const labelOf = (row: Ranks): Label =>
  ({
    level: AXES.level[row.level],
    pi: AXES.pi[row.pi],
    safety: AXES.safety[row.safety],
    share: AXES.share[row.share],
    open: AXES.open[row.open],
  }) as Label;

export const jointOf = (row: JointRanks): Label =>
  labelOf({ level: row.jointLevel, pi: row.jointPi, safety: row.jointSafety, share: row.jointShare, open: row.jointOpen });

export const labelColumns = (label: Label): Ranks => ({
  level: rank('level', label.level),
  pi: rank('pi', label.pi),
  safety: rank('safety', label.safety),
  share: rank('share', label.share),
  open: rank('open', label.open),
});

export function jointColumns(label: Label): JointRanks {
  const { level, pi, safety, share, open } = labelColumns(label);
  return { jointLevel: level, jointPi: pi, jointSafety: safety, jointShare: share, jointOpen: open };
}

export function documentOf(row: RecordRow): RecordDocument {
  return {
    id: row.id,
    kind: row.kind as Kind,
    rev: Number(row.rev),
    stage: row.stage as Stage,
    suspended: row.suspended,
    core: row.core as JsonObject,
    attrs: row.attrs as JsonObject,
    schema: row.attrsSchema,
    label: labelOf(row),
    fieldLabels: row.fieldLabels as Record<string, Label>,
  };
}

export function targetOf(row: RecordRow, home: string): Target {
  return {
    origin: home,
    kind: row.kind as Kind,
    ownerUscc: row.ownerUscc,
    region: row.region,
    domains: row.domains,
    scenarioKind: row.scenarioKind as ScenarioKind | null,
    label: labelOf(row),
    joint: jointOf(row),
    classified: row.classified,
    stage: row.stage as Stage,
    suspended: row.suspended,
    viewed: isViewed(row.stage as Stage),
  };
}
