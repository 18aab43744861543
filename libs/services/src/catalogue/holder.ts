import { findDomain, ROLE_ZH, type JsonObject, type Role, type Stage } from '@xiangjing/scenario-sdk';
import { textIn } from './record-content.ts';
import type { RecordView } from './schemas.ts';

/** Whose turn it is at each stage; nobody's where nothing is left to do. */
const TURN: Record<Stage, Role | null> = {
  draft: 'owner',
  returned: 'owner',
  solicited: 'lead',
  selected: 'coordinator',
  published: 'owner',
  docked: 'owner',
  landed: 'owner',
  promoted: 'owner',
  withdrawn: null,
  retired: null,
};

/** Who has the record in hand and until when, in what the caller may see of it. */
export function holderOf(stage: Stage, shown: Pick<RecordView, 'core' | 'owner'>): RecordView['holder'] {
  const role = TURN[stage];
  const answers = stage === 'published' || stage === 'docked';
  const dueOn = answers ? textIn(shown.core as JsonObject, 'responseDeadline') || null : null;
  if (role === null) return { role: 'none', nameZh: '已办结', dueOn: null };
  if (role === 'owner') return { role, nameZh: shown.owner.name || ROLE_ZH.owner, dueOn };
  const domains = shown.core.domains;
  const domain = Array.isArray(domains) && typeof domains[0] === 'string' ? findDomain(domains[0]) : undefined;
  const departments = role === 'lead' ? (domain?.leadDepartments ?? []) : [];
  return { role, nameZh: departments.length > 0 ? departments.join('、') : ROLE_ZH[role], dueOn };
}
