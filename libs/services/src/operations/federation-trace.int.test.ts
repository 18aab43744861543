import type { ProvinceClient } from '@xiangjing/federation';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anonymous, people } from '../testing/people.ts';
import { receive } from '../testing/replicas.ts';
import { draft, publishedRecord } from '../testing/samples.ts';
import { createWorld, refused, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => void (world = await createWorld()));
afterAll(() => world[Symbol.asyncDispose]());

const trace = (id: string, actor: Parameters<World['as']>[0] = people.operator, province?: ProvinceClient) =>
  world.as(actor, province ? { province } : {}).operations.federation.trace({ id });

it('shows the steps of an own record to those who watch, whoever may read it', async () => {
  const { id } = await publishedRecord(world, { label: null });
  for (const actor of [people.operator, people.coordinator, people.supervisor, people.analyst]) {
    const journey = await trace(id, actor);
    expect(journey).toMatchObject({ recordId: id, province: 'not-asked', fault: null });
    expect(journey.steps.map(({ elapsedMs }) => elapsedMs)).toEqual([0, 0, 0, 0]);
    expect(journey.steps.map(({ step, rev, outcome }) => `${step} ${rev} ${outcome}`)).toEqual([
      'committed 1 record.created',
      'committed 2 record.submitted',
      'committed 3 record.selected',
      'committed 4 record.published',
    ]);
  }
  for (const actor of [people.owner, people.lead, people.enterprise])
    expect(await refused(trace(id, actor))).toMatchObject({ code: 'ROLE' });
  expect(await refused(trace(id, anonymous))).toMatchObject({ code: 'UNAUTHENTICATED' });
});

it('asks the province for its half in this node’s name, and says when it is not to be had', async () => {
  const { id } = await draft(world);
  const asked: string[] = [];
  const answering = (status: number): ProvinceClient => ({
    skewMs: () => 0,
    ask: ({ path }) => {
      asked.push(path);
      return Promise.resolve({ status, body: { code: 'UPSTREAM_UNAVAILABLE', detail: 'down', remedy: 'wait' } });
    },
  });
  expect(await trace(id, people.operator, answering(404))).toMatchObject({ province: 'has-nothing', fault: null });
  const away = await trace(id, people.operator, answering(503));
  expect(away).toMatchObject({ province: 'unreachable', fault: { code: 'UPSTREAM_UNAVAILABLE', detail: 'down; wait' } });
  expect(away.fault!.message).toContain('对方没有应答');
  expect(away.fault!.remedy).toContain('网络');
  expect(away.steps).toHaveLength(1);
  expect(asked[0]).toBe(`/federation/v1/trace?record=${encodeURIComponent(id)}`);
});

it('refuses what is not this node’s, and what is not there', async () => {
  const foreign = await receive(world);
  expect(await refused(trace(foreign.id))).toMatchObject({ code: 'FOREIGN_RECORD', details: { origin: '430200' } });
  expect(await refused(trace(`urn:xiangjing:430100:opportunity:${uuidv7()}`))).toMatchObject({ code: 'NOT_FOUND', status: 404 });
  expect(await refused(trace('430100'))).toMatchObject({ code: 'INPUT_INVALID' });
});
