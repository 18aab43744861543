import { covers, findings, isViewed, isWithin, type RuleContext, type RuleIssue } from '@xiangjing/scenario-sdk';
import type { Attributes } from './attributes.ts';
import { RULES } from './rule-texts.ts';

const { block } = findings(RULES);
const WHOLE_COUNTRY = 'CN';

/** All rules of the domain; each looks at what is there and is silent about what is not. */
export default function validate(attrs: Attributes, at: RuleContext): RuleIssue[] {
  return [
    ...generatedContentIsLabelled(attrs, at),
    ...rightsCoverShow(attrs, at),
    ...heritageHasConsent(attrs),
    ...collectibleIsInOrder(attrs),
  ];
}

/** Source: 《人工智能生成合成内容标识办法》, in force 2025-09-01. */
function generatedContentIsLabelled({ generatedContent = 'none', labelShown }: Attributes, { stage }: RuleContext): RuleIssue[] {
  return isViewed(stage) && generatedContent !== 'none' && labelShown !== true ? [block('content-label', '/labelShown')] : [];
}

function rightsCoverShow({ rights = [] }: Attributes, { planned, region }: RuleContext): RuleIssue[] {
  return rights.flatMap(({ work, territory, period }, i) => {
    const here = region === null || territory.some((where) => where === WHOLE_COUNTRY || isWithin(region, where));
    const abroad = here ? [] : [block('rights-territory', `/rights/${i}/territory`, { work, region: region ?? '' })];
    const inTime = planned === null || covers(period.from, period.to, planned);
    const dates = { from: period.from, to: period.to, plannedFrom: planned?.from ?? '', plannedTo: planned?.to ?? '' };
    return [...abroad, ...(inTime ? [] : [block('rights-period', `/rights/${i}/period`, { work, ...dates })])];
  });
}

const heritageHasConsent = ({ heritageItems = [] }: Attributes): RuleIssue[] =>
  heritageItems.flatMap(({ item, protectingUnit, consent }, i) =>
    consent ? [] : [block('heritage-consent', `/heritageItems/${i}/consent`, { item, unit: protectingUnit })],
  );

function collectibleIsInOrder({ collectibleIssue }: Attributes): RuleIssue[] {
  if (!collectibleIssue) return [];
  const anonymous = collectibleIssue.issuer ? [] : [block('collectible-issuer', '/collectibleIssue/issuer')];
  const tradeable = collectibleIssue.noResale ? [] : [block('collectible-resale', '/collectibleIssue/noResale')];
  return [...anonymous, ...tradeable];
}
