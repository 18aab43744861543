import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFederation, type TestFederation } from './support/federation.ts';
import { deskOf, eventually, makeOrganisations, opportunity, publish } from './support/records.ts';
import { encode } from './support/rest-client.ts';

interface Span {
  node: string;
  name: string;
  traceId: string;
  spanId: string;
}

let receiver: Server;
let federation: TestFederation;
const spans: Span[] = [];

beforeAll(async () => {
  receiver = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (c: Buffer) => chunks.push(c));
    req.on('end', () => {
      spans.push(...readSpans(JSON.parse(Buffer.concat(chunks).toString())));
      res.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((r) => receiver.listen(0, '127.0.0.1', r));
  const otlpUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  federation = await startFederation({ nodes: ['430000', '430100'], otlpUrl });
  await makeOrganisations(federation.node('430100'));
}, 180_000);
afterAll(async () => {
  await federation.stop();
  receiver.close();
});

test('one trace id joins write, egress, feed and apply', async () => {
  const city = federation.node('430100');
  const record = await publish(await deskOf(city), opportunity(city, { title: '示例带踪迹的机会' }));
  const [intent] = await city.sql<{ traceparent: string }>(
    `select traceparent from intent where record_id = $1 and event = 'record.published'`,
    [record.id],
  );
  const traceId = intent!.traceparent.split('-')[1]!;
  const { answer } = await eventually(
    async () => spans.filter((s) => s.traceId === traceId),
    (found) => ['advance', 'egress', 'push', 'apply'].every((part) => found.some((s) => s.name.includes(part))),
    20_000,
  );
  expect(new Set(answer.filter((s) => s.name.includes('apply')).map((s) => s.node))).toEqual(new Set(['430000']));
  expect(answer.find((s) => s.name.includes('egress'))!.node).toBe('430100');
});

test('/metrics has rate, errors and duration per procedure, outbox, lag and age of each feed', async () => {
  const city = federation.node('430100');
  await city.anonymous.get(`/records/${encode('urn:xiangjing:430100:opportunity:01937c2e-5a10-7b44-9d1e-3f60a2c8e015')}`);
  const text = await (await fetch(`${city.url}/metrics`)).text();
  expect(text).toMatch(/xiangjing_procedure_duration_seconds_count\{[^}]*procedure="catalogue\.records\.get"/);
  expect(text).toMatch(/xiangjing_procedure_duration_seconds_bucket\{[^}]*procedure="catalogue\.records\.get"/);
  expect(text).toMatch(/xiangjing_procedure_errors_total\{[^}]*code="NOT_FOUND"/);
  expect(text).toMatch(/xiangjing_outbox_intents/);
  expect(text).toMatch(/xiangjing_feed_lag_events\{[^}]*view="up"/);
  const age = /^xiangjing_feed_age_seconds\{(?=[^}]*origin="430000")[^}]*view="down"[^}]*\} (\S+)/m.exec(text);
  expect(Number(age?.[1])).toBeGreaterThanOrEqual(0);
  expect(Number(age?.[1])).toBeLessThan(60);
});

interface Otlp {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue?: string } }[] };
    scopeSpans: { spans: { name: string; traceId: string; spanId: string }[] }[];
  }[];
}
function readSpans(message: Otlp): Span[] {
  return message.resourceSpans.flatMap((r) => {
    const node = r.resource.attributes.find((a) => a.key === 'node')?.value.stringValue ?? '';
    return r.scopeSpans.flatMap((s) => s.spans.map(({ name, traceId, spanId }) => ({ node, name, traceId, spanId })));
  });
}
