import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AGENCY, anonymous, ENTERPRISE, people, person, sampleUscc } from '../testing/people.ts';
import { createWorld, refused, type World } from '../testing/world.ts';
import type { CreateOrganisationInput } from './schemas.ts';

let world: World;
beforeAll(async () => void (world = await createWorld()));
afterAll(() => world[Symbol.asyncDispose]());

const create = (
  more: Partial<CreateOrganisationInput> & Record<string, unknown> = {},
  actor: Parameters<World['as']>[0] = people.coordinator,
) =>
  world.as(actor).catalogue.organisations.create({
    uscc: sampleUscc('11', 501),
    name: '示例单位',
    type: 'agency',
    region: '430102',
    ...more,
  } as CreateOrganisationInput);

describe('createOrganisation', () => {
  it('registers under the normal form of the code, vouched for by the coordinator', async () => {
    const made = await create({ uscc: ` ${sampleUscc('91', 502).toLowerCase()}`, type: 'enterprise' });
    expect(made).toMatchObject({ uscc: sampleUscc('91', 502), state: 'active', rev: 1 });
    const [row] = await world.sql('select verified_by, verified_on::text from organisation where uscc = $1', [made.uscc]);
    expect(row).toEqual({ verified_by: 'coordinator', verified_on: '2026-11-24' });
    expect(await world.sql(`select from audit where action = 'organisation.create' and effect = 'allow'`)).toHaveLength(1);
  });

  it('lets an owner register its own, active only if its identity was verified', async () => {
    const own = (serial: number, verified: boolean) => {
      const uscc = sampleUscc('91', serial);
      return create({ uscc, type: 'enterprise' }, person('own', [`owner@org:${uscc}`], { organisationVerified: verified }));
    };
    expect((await own(503, true)).state).toBe('active');
    expect((await own(504, false)).state).toBe('unverified');
  });

  it.each([
    ['a wrong check digit', { uscc: AGENCY.slice(0, 17) + (AGENCY.endsWith('7') ? '8' : '7') }, 'USCC_INVALID', '/uscc'],
    ['seventeen characters', { uscc: AGENCY.slice(0, 17) }, 'USCC_INVALID', '/uscc'],
    ['a wrong parent', { parentUscc: '123' }, 'USCC_INVALID', '/parentUscc'],
    ['a state', { state: 'active' }, 'MASS_ASSIGNMENT', '/state'],
    ['an unknown field', { nmae: 'x' }, 'FIELD_UNKNOWN', '/nmae'],
    ['a region that is none', { region: '430199' }, 'REGION_UNKNOWN', '/region'],
  ])('refuses %s', async (_what, more, code, pointer) => {
    expect(await refused(create(more))).toMatchObject({ code, errors: [{ pointer }] });
  });

  it('refuses a second one with the code, and whoever is not of the place', async () => {
    await create({ uscc: sampleUscc('11', 505) });
    expect(await refused(create({ uscc: sampleUscc('11', 505) }))).toMatchObject({ code: 'ORGANISATION_EXISTS', status: 409 });
    expect(await refused(create({ region: '430103' }, people.county))).toMatchObject({ code: 'ROLE', status: 403 });
    expect((await create({ uscc: sampleUscc('11', 506) }, people.county)).region).toBe('430102');
    for (const actor of [people.lead, people.owner, people.analyst])
      expect(await refused(create({}, actor))).toMatchObject({ code: 'ROLE' });
  });
});

describe('listOrganisations', () => {
  const list = (input: object = {}, actor: Parameters<World['as']>[0] = people.lead) => world.as(actor).catalogue.organisations.list(input);

  it('finds by name and by code, wildcards as text, page by page', async () => {
    expect((await list({ q: '水务' })).items).toMatchObject([{ name: '示例水务局' }]);
    expect((await list({ q: AGENCY.slice(0, 12).toLowerCase() })).total).toBeGreaterThan(0);
    expect((await list({ q: '%' })).total).toBe(0);
    const all = await list({ limit: 100 });
    const first = await list({ limit: 2 });
    const second = await list({ limit: 100, cursor: first.nextCursor! });
    expect([...first.items, ...second.items]).toEqual(all.items);
    expect(all.total).toBe(all.items.length);
  });

  it('gives each the organisations it needs: all, those of its county, its own, none', async () => {
    const trader = sampleUscc('92', 601);
    await create({ uscc: trader, name: '示例个体户', type: 'enterprise', region: '430103' });
    const total = (await list({ limit: 100 }, people.coordinator)).total;
    for (const actor of [people.checker, people.steward, people.lead, person('domain', ['lead@domain:healthcare'])])
      expect((await list({ limit: 100 }, actor)).total).toBe(total);
    const county = await list({ limit: 100 }, people.county);
    expect(county.items.length).toBeGreaterThan(0);
    expect(new Set(county.items.map(({ region }) => region))).toEqual(new Set(['430102']));
    expect((await list({}, people.owner)).items.map(({ uscc }) => uscc)).toEqual([AGENCY]);
    expect(await list({ q: '示例' }, people.enterprise)).toMatchObject({ total: 1, items: [{ uscc: ENTERPRISE }] });
    expect((await list({ q: trader }, person('trader', [`owner@org:${trader}`]))).total).toBe(1);
    for (const actor of [people.analyst, people.supervisor, people.operator, people.stranger])
      expect(await list({ q: trader }, actor)).toEqual({ items: [], total: 0, nextCursor: null });
  });

  it('is for those who signed in', async () => {
    expect(await refused(list({}, anonymous))).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
