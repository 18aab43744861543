import { z } from 'zod';

/** The three lists of the action plan, 三(五): three record kinds with one lifecycle. */
export const Kind = z.enum(['capability', 'opportunity', 'demonstration']).meta({ id: 'Kind' });
export type Kind = z.infer<typeof Kind>;

/** Where a record stands. `solicited` to `promoted` are past forms of the plan's six process stages. */
export const Stage = z
  .enum(['draft', 'returned', 'solicited', 'selected', 'published', 'docked', 'landed', 'promoted', 'withdrawn', 'retired'])
  .meta({ id: 'Stage' });
export type Stage = z.infer<typeof Stage>;

/** Stages in which a record is in its views: readable elsewhere as its label allows. */
export const VIEWED_STAGES = ['published', 'docked', 'landed', 'promoted', 'retired'] as const satisfies readonly Stage[];
export const isViewed = (stage: Stage): boolean => (VIEWED_STAGES as readonly Stage[]).includes(stage);

export const SCENARIO_KINDS = ['major-comprehensive', 'industry-integrated', 'small-incision'] as const;
export const ScenarioKind = z.enum(SCENARIO_KINDS).meta({ id: 'ScenarioKind' });
export type ScenarioKind = z.infer<typeof ScenarioKind>;
