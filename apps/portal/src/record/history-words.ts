import { LifecycleVerb, Role } from '@xiangjing/scenario-sdk';
import type { TFunction } from 'i18next';

/** What happened: a verb of the lifecycle, a label set, a version received. */
export function verbWord(t: TFunction, verb: string): string {
  if (verb === 'classify' || verb === 'received') return t(`record.step.${verb}`);
  const known = LifecycleVerb.safeParse(verb);
  return known.success ? t(`words.verb.${known.data}`) : verb;
}

/** Who did it: a role, or the node by itself. */
export function roleWord(t: TFunction, role: string): string {
  const known = Role.safeParse(role);
  if (known.success) return t(`words.role.${known.data}`);
  return role === 'node' ? t('record.byNode') : t('record.bySystem');
}
