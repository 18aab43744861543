import { decide, type Action, type Allow } from '@xiangjing/authorization';
import type { ServiceContext } from './context.ts';
import { DeniedError } from './denied.ts';

/** The decision on an act of the node itself; a refusal is thrown. */
export function allowedOrThrow(ctx: ServiceContext, action: Action): Allow {
  const decision = decide({ action, actor: ctx.actor, home: ctx.node.adcode, now: ctx.clock.now() });
  if (decision.effect === 'allow') return decision;
  const { shown, subject, reason } = decision;
  throw new DeniedError(shown, { subject, reason });
}
