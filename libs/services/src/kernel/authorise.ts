import { admit, type Action } from '@xiangjing/authorization';
import type { ServiceContext } from './context.ts';
import { DeniedError } from './denied.ts';

/**
 * The check before anything is loaded: the action is known, and the caller is somebody where it is not open. What the caller may do
 * with one record is decided when the record is there.
 */
export function authorise(ctx: ServiceContext, action: Action): void {
  const admission = admit(ctx.actor, action);
  if (admission.effect === 'allow') return;
  const { shown, subject, reason } = admission;
  throw new DeniedError(shown, { subject, reason });
}
