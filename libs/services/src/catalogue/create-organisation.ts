import { checkUscc, DomainError, findRegion, isWithin, type Issue } from '@xiangjing/scenario-sdk';
import type { ServiceContext } from '../kernel/context.ts';
import { dateOf, dayOf } from '../kernel/dates.ts';
import { DeniedError } from '../kernel/denied.ts';
import { inputError, parse } from '../kernel/input.ts';
import { inTransaction } from '../kernel/transaction.ts';
import { writeAudit } from '../kernel/write-audit.ts';
import { CreateOrganisationInput, type OrganisationView } from './schemas.ts';
import { organisationView } from './organisation-view.ts';

/** Registers an organisation at this node; an enterprise is its code, so there is one row per code. */
export async function createOrganisation(ctx: ServiceContext, raw: CreateOrganisationInput): Promise<OrganisationView> {
  const input = parse(CreateOrganisationInput, raw);
  authorise(ctx, input.region);
  const uscc = usccOrThrow(input.uscc);
  placeOrThrow(ctx, input.region);
  return inTransaction(ctx, { action: 'organisation.create', input }, async (tx) => {
    const now = ctx.clock.now();
    const { count } = await tx.organisation.createMany({
      data: {
        ...input,
        uscc,
        industry: input.industry ?? null,
        parentUscc: input.parentUscc ?? null,
        state: 'active',
        verifiedBy: 'coordinator',
        verifiedOn: dateOf(dayOf(now)),
        createdAt: now,
        updatedAt: now,
      },
      skipDuplicates: true,
    });
    if (count === 0) throw new DomainError('ORGANISATION_EXISTS', `${uscc} 已经登记`, { remedy: '直接使用已登记的单位' });
    await writeAudit(tx, ctx, { action: 'organisation.create', subject: 'COP', detail: { uscc } });
    return organisationView(await tx.organisation.findUniqueOrThrow({ where: { uscc } }));
  });
}

/** The coordinator of the place registers and vouches; its scope binds as on a record. */
function authorise(ctx: ServiceContext, region: string): void {
  const grants = ctx.actor.type === 'person' ? ctx.actor.grants : [];
  const may = grants.some(
    ({ role, scope }) =>
      role === 'coordinator' && scope.type === 'region' && isWithin(scope.adcode, ctx.node.adcode) && isWithin(region, scope.adcode),
  );
  if (may) return;
  throw new DeniedError('ROLE', `登记 ${region} 的单位要由该地的统筹协调员办理`, {
    remedy: '请统筹协调员登记',
    denial: { subject: 'PUB', reason: 'ROLE' },
  });
}

function usccOrThrow(text: string): string {
  const checked = checkUscc(text);
  if (checked.ok) return checked.uscc;
  throw inputError([{ pointer: '/uscc', code: 'USCC_INVALID', message: checked.message, remedy: checked.remedy }]);
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
