import { startTelemetry, withTraceparent } from '@xiangjing/platform';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { draft, publishedRecord } from '../testing/samples.ts';
import { createWorld, type World } from '../testing/world.ts';

let world: World;
const telemetry = startTelemetry({ serviceName: 'test', attributes: {} });
beforeAll(async () => void (world = await createWorld()));
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await telemetry.shutdown();
});

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

it('carries the trace of the call to whoever works the intent off', async () => {
  const { id } = await withTraceparent(`00-${TRACE}-00f067aa0ba902b7-01`, 'test', () => draft(world));
  const [intent] = await world.sql<{ traceparent: string }>('select traceparent from intent where record_id = $1', [id]);
  expect(intent!.traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-0[01]$`));
});

it('numbers what one transaction says side by side, without holes', async () => {
  await Promise.all([publishedRecord(world), publishedRecord(world), draft(world)]);
  const rows = await world.sql<{ seq: string }>('select seq from intent order by seq');
  expect(rows.map((row) => Number(row.seq))).toEqual(rows.map((_, i) => i + 1));
});
