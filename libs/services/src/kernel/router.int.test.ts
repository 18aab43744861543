import { ACTIONS, isAction } from '@xiangjing/authorization';
import { createDb } from '@xiangjing/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous, people } from '../testing/people.ts';
import { appRouter, createWorld, refused, type World } from '../testing/world.ts';
import type { ProcedureMeta } from './procedure.ts';

let world: World;
beforeAll(async () => void (world = await createWorld()));
afterAll(() => world[Symbol.asyncDispose]());

const procedures = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { meta?: ProcedureMeta } }>);
type Call = (input: unknown) => Promise<unknown>;
const call = (path: string, caller: unknown, input: unknown): Promise<unknown> =>
  (path.split('.').reduce((at, name) => (at as Record<string, unknown>)[name], caller) as Call)(input);

describe('every procedure', () => {
  it.each(procedures)('%s declares its action, and is open only where the action is', (_path, { _def: { meta } }) => {
    expect(isAction(meta?.action), `action ${meta?.action}`).toBe(true);
    expect(meta!.open === true).toBe(ACTIONS[meta!.action as keyof typeof ACTIONS].open);
  });

  it.each(procedures)('%s refuses an anonymous caller unless it is open', async (path, { _def: { meta } }) => {
    const answer = await call(path, world.as(anonymous), {}).catch((error: { cause?: { code?: string } }) => error.cause?.code);
    if (meta!.open) expect(answer).not.toBe('UNAUTHENTICATED');
    else expect(answer).toBe('UNAUTHENTICATED');
  });

  it.each(procedures.filter(([path]) => path.includes('records') || path.includes('organisations')))(
    '%s refuses a key of the prototype',
    async (path) => {
      for (const key of ['__proto__', 'constructor', 'prototype']) {
        const body: unknown = JSON.parse(`{"core": {"${key}": {"level": "L1"}}}`);
        const problem = await refused(call(path, world.as(people.owner), body));
        expect(problem).toMatchObject({ code: 'FORBIDDEN_KEY', status: 400, errors: [{ pointer: `/core/${key}` }] });
      }
      expect(Object.getOwnPropertyNames({})).toEqual([]);
    },
  );
});

it('refuses text that the database cannot keep, with its place', async () => {
  const { records } = world.as(people.owner).catalogue;
  for (const [body, pointer] of [
    [{ kind: 'opportunity', core: { title: 'a\u0000b' } }, '/core/title'],
    [{ kind: 'opportunity', core: { metrics: [{ name: '半个字符 \ud83d' }] } }, '/core/metrics/0/name'],
    [{ kind: 'opportunity', core: { 'x\u0000': 1 } }, '/core/x\u0000'],
  ] as const)
    expect(await refused(records.create(body as never))).toMatchObject({ code: 'INPUT_INVALID', errors: [{ pointer }] });
  expect(await refused(records.list({ q: '\u0000' }))).toMatchObject({ code: 'INPUT_INVALID' });
});

it('tells that the database is away, and takes up again when it is back', async () => {
  const away = createDb('postgresql://nobody@127.0.0.1:9/none');
  expect(await refused(world.as(people.owner, { db: away }).catalogue.organisations.list({}))).toMatchObject({
    code: 'UPSTREAM_UNAVAILABLE',
    status: 503,
  });
  await away.$disconnect();
  expect((await world.as(people.coordinator).catalogue.organisations.list({})).total).toBe(4);
});

it('keeps a refusal in the audit with hashed identity', async () => {
  await refused(world.as(anonymous).catalogue.organisations.list({}));
  const [row] = await world.sql('select effect, reason, actor, subject, action from audit order by ord desc limit 1');
  expect(row).toEqual({
    effect: 'deny',
    reason: 'UNAUTHENTICATED',
    actor: { type: 'anonymous', id: expect.stringMatching(/^[0-9a-f]{32}$/) as string },
    subject: 'PUB',
    action: 'organisation.list',
  });
});
