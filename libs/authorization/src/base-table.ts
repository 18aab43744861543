import type { ErrorCode, Label } from '@xiangjing/scenario-sdk';
import type { Band } from './labels.ts';
import type { SubjectCode } from './relate.ts';

/**
 * Who may view the original at its home node, by its joint label: a subject per row, a band per column. What no cell allows is
 * denied. A `grant` cell asks for a grant; none can be given yet, so it refuses with NEEDS_GRANT.
 */
export interface Cell {
  answer: 'allow' | 'grant' | ErrorCode;
  /** Asks for clearance, step-up and training, in this order, before it answers (†). */
  asks?: true;
  /** The answer where only title and summary are asked for. */
  summary?: 'allow';
}
/** At L2 the axis that concerns the subject decides: `share` for government, `open` for everybody else. */
type Split = { open: Record<'oC' | 'oN', Cell> } | { share: Record<'U' | 'C', Cell> };
export type Column = Exclude<Band, 'CORE'>;
export type Row = Record<Exclude<Column, 'L2'>, Cell> & { L2: Cell | Split };

const all: Cell = { answer: 'allow' };
const allIfCleared: Cell = { answer: 'allow', asks: true };
const grant: Cell = { answer: 'grant' };
const grantIfCleared: Cell = { answer: 'grant', asks: true };
const no = (answer: ErrorCode): Cell => ({ answer });

const ownerDepartment: Row = { L1: all, L2: all, L3: all, L4: allIfCleared, IMP: grantIfCleared };
const government: Row = { L1: all, L2: { share: { U: all, C: grant } }, L3: grant, L4: grantIfCleared, IMP: grantIfCleared };
const withoutContent: Row = { L1: all, L2: no('ROLE'), L3: no('ROLE'), L4: no('ROLE'), IMP: no('ROLE') };

export const BASE_TABLE: Record<SubjectCode, Row> = {
  PUB: {
    L1: all,
    L2: { open: { oC: { answer: 'NOT_OPEN', summary: 'allow' }, oN: no('NOT_FOUND') } },
    L3: no('NOT_FOUND'),
    L4: no('NOT_FOUND'),
    IMP: no('NOT_FOUND'),
  },
  ENT: { L1: all, L2: { open: { oC: all, oN: grant } }, L3: grant, L4: no('NOT_GRANTABLE'), IMP: no('NOT_GRANTABLE') },
  OWN: ownerDepartment,
  STE: ownerDepartment,
  CST: government,
  COP: government,
  PST: government,
  POP: government,
  ADM: withoutContent,
  NOD: withoutContent,
  PRV: { L1: all, L2: no('NEEDS_GRANT'), L3: no('NEEDS_GRANT'), L4: no('NOT_GRANTABLE'), IMP: no('NOT_GRANTABLE') },
};

/** The cell of a row for a floored label. */
export function cellOf(row: Row, column: Column, label: Label): Cell {
  const cell = row[column];
  if ('answer' in cell) return cell;
  if ('open' in cell) return cell.open[label.open === 'oC' ? 'oC' : 'oN'];
  return cell.share[label.share === 'U' ? 'U' : 'C'];
}
