import { findNode, NODES, rank } from '@xiangjing/scenario-sdk';
import type { Actor } from './actor.ts';
import { BASE_TABLE, type Cell, type Column } from './base-table.ts';
import { allOf, ALWAYS, anyOf, NEVER, oneOf, type Condition, type NumberColumn } from './condition.ts';
import { audienceOf, isTrained } from './decide-view.ts';
import { isOwn } from './holds-role.ts';
import { isInside, ownOrganisations, relationsOf, type SubjectCode } from './relate.ts';
import { isGovernmentCode, standingOf } from './standing.ts';
import type { Audience } from './tier.ts';

/**
 * The same decisions as `decide`, for all rows of `listed_record` at once. Relations and reach are conditions already; here the
 * cells of the base table become conditions too. A property test holds the two together, row by row.
 */

const is = (field: NumberColumn, value: number): Condition => ({ field, op: 'equals', value });
const upTo = (field: NumberColumn, value: number): Condition => ({ field, op: 'lte', value });

/** Rows whose joint label stands in a band; labels in the table satisfy their floors. */
const IN_BAND: Record<Column, Condition> = {
  L1: is('jointLevel', 0),
  L2: is('jointLevel', 1),
  L3: allOf(is('jointLevel', 2), is('jointSafety', 0)),
  L4: anyOf(is('jointLevel', 3), allOf(is('jointLevel', 2), is('jointSafety', 1))),
  IMP: is('jointLevel', 4),
};

/** Rows of which an audience has a projection, by the own label. */
const HAS_PROJECTION: Record<Audience, Condition> = {
  province: upTo('level', rank('level', 'L4')),
  city: allOf(upTo('level', rank('level', 'L2')), is('pi', 0)),
  enterprise: allOf(upTo('level', rank('level', 'L2')), is('pi', 0), upTo('open', rank('open', 'oC'))),
  public: allOf(upTo('level', rank('level', 'L2')), is('pi', 0), upTo('open', rank('open', 'oC'))),
};
const NOT_CORE = upTo('jointLevel', rank('level', 'IMP'));
const OTHERS = (home: string): Condition =>
  oneOf(
    'origin',
    NODES.map(({ adcode }) => adcode).filter((adcode) => adcode !== home),
  );

/** The caller may view the whole original, or the whole of what was received. */
export function bodyRule(actor: Actor, home: string, now: Date): Condition {
  if (!findNode(home)) return NEVER;
  const relations = relationsOf(actor, home);
  const own = relations.map(({ code, when }) => allOf(when, isAllowed(code, actor, home, now)));
  const received = relations.filter(({ code }) => isInside(code)).map(({ when }) => when);
  return anyOf(
    allOf(isOwn(home), anyOf(...own)),
    allOf(OTHERS(home), HAS_PROJECTION[audienceOf(actor, home)], NOT_CORE, anyOf(...received)),
  );
}

/** A row is in the caller's lists, totals and facets: there is at least a projection. */
export function listRule(actor: Actor, home: string, now: Date): Condition {
  if (!findNode(home)) return NEVER;
  const reached = relationsOf(actor, home).map(({ when }) => when);
  const projected = allOf(HAS_PROJECTION[audienceOf(actor, home)], NOT_CORE, anyOf(isOwn(home), OTHERS(home)), anyOf(...reached));
  return anyOf(bodyRule(actor, home, now), projected);
}

/** The cells of a subject's row that allow. */
function isAllowed(code: SubjectCode, actor: Actor, home: string, now: Date): Condition {
  const asked = isClearedFor(code, actor, home, now);
  const ofCell = (cell: Cell): Condition => (cell.answer !== 'allow' ? NEVER : cell.asks ? asked : ALWAYS);
  const ofColumn = (column: Column): Condition => {
    if (code === 'ENT' && column !== 'L1' && !standingOf(actor, home).enterprise) return NEVER;
    const cell = BASE_TABLE[code][column];
    if ('answer' in cell) return ofCell(cell);
    if ('open' in cell) return anyOf(allOf(is('jointOpen', 1), ofCell(cell.open.oC)), allOf(is('jointOpen', 2), ofCell(cell.open.oN)));
    return anyOf(allOf(is('jointShare', 0), ofCell(cell.share.U)), allOf(is('jointShare', 1), ofCell(cell.share.C)));
  };
  return anyOf(...(Object.keys(IN_BAND) as Column[]).map((column) => allOf(IN_BAND[column], ofColumn(column))));
}

/** Rows for which † is not asked, or answered. */
function isClearedFor(code: SubjectCode, actor: Actor, home: string, now: Date): Condition {
  if (actor.type !== 'person') return NEVER;
  const { clearance, steppedUp } = actor;
  const cleared = allOf(
    upTo('jointLevel', rank('level', clearance.level)),
    upTo('jointPi', rank('pi', clearance.pi)),
    upTo('jointSafety', rank('safety', clearance.safety)),
  );
  const answered = steppedUp && isTrained(actor, now) ? cleared : NEVER;
  if (code === 'STE') return standingOf(actor, home).government ? answered : ALWAYS;
  if (code !== 'OWN') return answered;
  const unasked = ownOrganisations(actor).filter((uscc) => !isGovernmentCode(uscc));
  return anyOf(answered, { field: 'classified', op: 'equals', value: false }, oneOf('ownerUscc', unasked));
}
