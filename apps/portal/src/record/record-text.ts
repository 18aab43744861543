import { ScenarioKind } from '@xiangjing/scenario-sdk';
import type { TFunction } from 'i18next';
import type { RecordView } from '../views.ts';

/** What stands in the heading: a stub has no title, so it is named by its kind. */
export const titleOf = (t: TFunction, record: RecordView): string =>
  record.title || t('record.stubTitle', { kind: t(`words.kind.${record.kind}`) });

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** The summary this reader may have: the full one, else the one written for outside. */
export const summaryOf = ({ core }: RecordView): string | undefined => textOf(core.summary) ?? textOf(core.publicSummary);

/** The leading domain, which decides on the attributes. */
export const domainOf = ({ core }: RecordView): string | undefined => (Array.isArray(core.domains) ? textOf(core.domains[0]) : undefined);

export const scenarioKindOf = ({ core }: RecordView): ScenarioKind | undefined => ScenarioKind.safeParse(core.scenarioKind).data;

export const deadlineOf = ({ core }: RecordView): string | undefined => textOf(core.responseDeadline);
export const validUntilOf = ({ core }: RecordView): string | undefined => textOf(core.validUntil);
