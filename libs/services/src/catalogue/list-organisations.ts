import { organisationReach } from '@xiangjing/authorization';
import type { Prisma } from '@xiangjing/db';
import { allowedOrThrow } from '../kernel/allowed-or-throw.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { parse } from '../kernel/input.ts';
import { organisationView } from './organisation-view.ts';
import { ListOrganisationsInput, type OrganisationList } from './schemas.ts';

/** The organisations registered at this node that the caller needs to know of, by code: among them are persons (sole traders). */
export async function listOrganisations(ctx: ServiceContext, raw: ListOrganisationsInput): Promise<OrganisationList> {
  allowedOrThrow(ctx, 'organisation.list');
  const { q, cursor, limit } = parse(ListOrganisationsInput, raw);
  const named = q ? { OR: [{ name: { contains: literal(q) } }, { uscc: { startsWith: literal(q.toUpperCase()) } }] } : {};
  const where = { AND: [within(ctx), named] };
  const [total, rows] = await Promise.all([
    ctx.db.organisation.count({ where }),
    ctx.db.organisation.findMany({
      where: cursor ? { AND: [where, { uscc: { gt: cursor } }] } : where,
      orderBy: { uscc: 'asc' },
      take: limit + 1,
    }),
  ]);
  const items = rows.slice(0, limit).map(organisationView);
  return { items, total, nextCursor: rows.length > limit ? (items.at(-1)?.uscc ?? null) : null };
}

function within(ctx: ServiceContext): Prisma.OrganisationWhereInput {
  const { all, places, usccs } = organisationReach(ctx.actor, ctx.node.adcode);
  if (all) return {};
  return { OR: [{ uscc: { in: usccs } }, ...places.map((place) => ({ region: { startsWith: place } }))] };
}

/** Prisma's text filters are LIKE patterns: a wildcard in the question stands for itself. */
const literal = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
