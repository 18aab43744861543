import { decide, type Allow } from '@xiangjing/authorization';
import { checkUscc, DomainError, findRegion, isWithin, type Issue } from '@xiangjing/scenario-sdk';
import { authorise } from '../kernel/authorise.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { dateOf, dayOf } from '../kernel/dates.ts';
import { DeniedError } from '../kernel/denied.ts';
import { inputError, parse } from '../kernel/input.ts';
import { inTransaction } from '../kernel/transaction.ts';
import { writeAudit } from '../kernel/write-audit.ts';
import { organisationView } from './organisation-view.ts';
import { CreateOrganisationInput, type OrganisationView } from './schemas.ts';

/** Registers an organisation at this node; an enterprise is its code, so there is one row per code. */
export async function createOrganisation(ctx: ServiceContext, raw: CreateOrganisationInput): Promise<OrganisationView> {
  authorise(ctx, 'organisation.create');
  const input = parse(CreateOrganisationInput, raw);
  const { subject } = mayRegister(ctx, input);
  const uscc = usccOrThrow('/uscc', input.uscc);
  const parentUscc = input.parentUscc === undefined ? null : usccOrThrow('/parentUscc', input.parentUscc);
  placeOrThrow(ctx, input.region);
  return inTransaction(ctx, { action: 'organisation.create', input }, async (tx) => {
    const now = ctx.clock.now();
    const { count } = await tx.organisation.createMany({
      data: {
        ...input,
        uscc,
        industry: input.industry ?? null,
        parentUscc,
        ...vouchedBy(ctx, subject),
        createdAt: now,
        updatedAt: now,
      },
      skipDuplicates: true,
    });
    if (count === 0) throw new DomainError('ORGANISATION_EXISTS', `${uscc} 已经登记`, { remedy: '直接使用已登记的单位' });
    await writeAudit(tx, ctx, { action: 'organisation.create', subject, detail: { uscc } });
    return organisationView(await tx.organisation.findUniqueOrThrow({ where: { uscc } }));
  });
}

/** A coordinator vouches by registering; who registers its own organisation is believed as far as the identity provider checked it. */
function vouchedBy(ctx: ServiceContext, subject: Allow['subject']) {
  const isCoordinator = subject === 'COP' || subject === 'POP';
  const isVerified = isCoordinator || (ctx.actor.type === 'person' && ctx.actor.organisationVerified);
  if (!isVerified) return { state: 'unverified' };
  return { state: 'active', verifiedBy: isCoordinator ? 'coordinator' : 'identity-provider', verifiedOn: dateOf(dayOf(ctx.clock.now())) };
}

/** The coordinator of the place, or who already acts for the organisation. */
function mayRegister(ctx: ServiceContext, organisation: { uscc: string; region: string }): Allow {
  const decision = decide({ action: 'organisation.create', actor: ctx.actor, organisation, home: ctx.node.adcode, now: ctx.clock.now() });
  if (decision.effect === 'allow') return decision;
  const { subject, reason, shown } = decision;
  const message = `登记 ${organisation.region} 的单位要由该地的统筹协调员或该单位自己办理`;
  throw new DeniedError(shown, { subject, reason }, { message, remedy: '请统筹协调员登记' });
}

function usccOrThrow(pointer: string, text: string): string {
  const checked = checkUscc(text);
  if (checked.ok) return checked.uscc;
  throw inputError([{ pointer, code: 'USCC_INVALID', message: checked.message, remedy: checked.remedy }]);
}

function placeOrThrow(ctx: ServiceContext, region: string): void {
  if (findRegion(region) && isWithin(region, ctx.node.adcode)) return;
  const issue: Issue = {
    pointer: '/region',
    code: 'REGION_UNKNOWN',
    message: `${region} 不是本节点范围内的区划代码`,
    remedy: '填本节点范围内的六位区划代码',
  };
  throw inputError([issue]);
}
