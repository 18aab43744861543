import { spawnSync } from 'node:child_process';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpServer } from '../http/create-http-server.ts';
import { listen } from '../http/listen.ts';
import { nameRequest } from '../http/request-telemetry.ts';
import { createLogger } from '../log/create-logger.ts';
import { measureCall } from './measure-call.ts';
import { startTelemetry, type Telemetry } from './start-telemetry.ts';
import { currentTraceId, currentTraceparent, withTraceparent } from './traceparent.ts';

interface ReceivedSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  status?: { code?: number; message?: string };
}
const received: ReceivedSpan[] = [];
const resources: string[] = [];
const lines: string[] = [];
let receiver: Server;
let telemetry: Telemetry;
let base: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  receiver = createServer((req, res) => {
    let body = '';
    req
      .on('data', (chunk) => (body += String(chunk)))
      .on('end', () => {
        const { resourceSpans } = JSON.parse(body) as { resourceSpans: { resource: unknown; scopeSpans: { spans: ReceivedSpan[] }[] }[] };
        for (const { resource, scopeSpans } of resourceSpans) {
          resources.push(JSON.stringify(resource));
          received.push(...scopeSpans.flatMap(({ spans }) => spans));
        }
        res.end('{}');
      });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => receiver.once('listening', resolve));
  telemetry = startTelemetry({
    serviceName: 'xiangjing',
    attributes: { 'xiangjing.node': '430100' },
    otlpUrl: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/v1/traces`,
    exportIntervalMs: 50,
  });
  const log = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  const app = createHttpServer({ log, bodyLimitBytes: 1000 });
  app.post('/echo/:id', async (request) => {
    await new Promise((resolve) => setTimeout(resolve, 2));
    request.log.info('inside');
    return { traceId: request.traceId, traceparent: currentTraceparent(), body: request.body };
  });
  app.get('/named', async (request) => {
    nameRequest(request, 'catalogue.records.list');
    return measureCall('catalogue.records.list', async () => 'ok');
  });
  app.get('/broken', () =>
    measureCall('catalogue.records.get', () => Promise.reject(Object.assign(new Error('canary'), { code: 'REV_CONFLICT' }))),
  );
  app.get('/answers', () => {
    const refused = { ok: false, error: Object.assign(new Error('canary'), { code: 'ROLE' }) };
    return measureCall(
      'catalogue.records.edit',
      async () => refused,
      (result) => result.error,
    );
  });
  app.get('/metrics', (request, reply) => {
    reply.hijack();
    telemetry.metricsHandler(request.raw, reply.raw);
  });
  base = (await listen(app, { host: '127.0.0.1', port: 0 })).url;
  stop = () => app.close();
});
afterAll(async () => {
  await stop();
  await telemetry.shutdown();
  receiver.close();
});

async function spansOf(traceId: string, count: number): Promise<ReceivedSpan[]> {
  for (let i = 0; i < 100; i++) {
    const found = received.filter((span) => span.traceId === traceId);
    if (found.length >= count) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`fewer than ${count} spans of ${traceId}: ${JSON.stringify(received)}`);
}
const metricsText = async () => (await fetch(`${base}/metrics`)).text();

test('a request continues the caller’s trace into the handler, behind its body, and out to the collector', async () => {
  const traceId = 'a'.repeat(32);
  const response = await fetch(`${base}/echo/7`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', traceparent: `00-${traceId}-${'b'.repeat(16)}-01` },
    body: '{"a":1}',
  });
  const answer = (await response.json()) as { traceId: string; traceparent: string };
  expect(answer.traceId).toBe(traceId);
  expect(response.headers.get('x-trace-id')).toBe(traceId);
  const [span] = await spansOf(traceId, 1);
  expect(span).toMatchObject({ name: 'POST /echo/:id', parentSpanId: 'b'.repeat(16) });
  expect(answer.traceparent).toBe(`00-${traceId}-${span?.spanId}-01`);
  expect(lines.find((line) => line.includes('inside'))).toContain(`"traceId":"${traceId}"`);
});

test('a body that comes late does not lose the trace', async () => {
  const traceId = 'c'.repeat(32);
  const headers = { 'content-type': 'application/json', traceparent: `00-${traceId}-${'b'.repeat(16)}-01` };
  const answer = await new Promise<string>((resolve, reject) => {
    const sent = request(`${base}/echo/8`, { method: 'POST', headers }, (res) => {
      let text = '';
      res.on('data', (chunk) => (text += String(chunk))).on('end', () => resolve(text));
    }).on('error', reject);
    sent.write('{"a":');
    setTimeout(() => sent.end('1}'), 30);
  });
  expect((JSON.parse(answer) as { traceparent?: string }).traceparent).toContain(traceId);
});

test.each(['garbage', `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`, `ff-${'a'.repeat(32)}-${'b'.repeat(16)}-01`])(
  'the traceparent %s begins a trace of its own',
  async (traceparent) => {
    const response = await fetch(`${base}/named`, { headers: { traceparent } });
    expect(response.headers.get('x-trace-id')).toMatch(/^(?!0{32}|a{32})[0-9a-f]{32}$/);
  },
);

test('work done later joins the trace of what caused it', async () => {
  const stored = await withTraceparent(undefined, 'write', async () => currentTraceparent());
  const traceId = (stored as string).split('-')[1] as string;
  await withTraceparent(stored, 'egress', async () => expect(currentTraceId()).toBe(traceId));
  const spans = await spansOf(traceId, 2);
  const [write, egress] = ['write', 'egress'].map((name) => spans.find((span) => span.name === name));
  expect(egress?.parentSpanId).toBe(write?.spanId);
});

test('calls are counted by procedure and code, requests by route and status, and no address is a label', async () => {
  await fetch(`${base}/named?q=canary`);
  expect((await fetch(`${base}/broken`)).status).toBe(500);
  await fetch(`${base}/no/such/canary`);
  await fetch(`${base}/answers`);
  const text = await metricsText();
  expect(text).toMatch(/xiangjing_procedure_duration_seconds_count\{procedure="catalogue.records.list",code="OK"\} \d/);
  expect(text).toContain('xiangjing_procedure_errors_total{procedure="catalogue.records.get",code="REV_CONFLICT"} 1');
  expect(text).toMatch(
    /http_server_request_duration_seconds_count\{http_request_method="GET",http_route="catalogue.records.list",http_response_status_code="200"\}/,
  );
  expect(text).toContain('xiangjing_procedure_errors_total{procedure="catalogue.records.edit",code="ROLE"} 1');
  expect(text).toMatch(/http_route="unknown",http_response_status_code="404"/);
  expect(text).not.toContain('canary');
});

test('a failed call shows its code, never its message, in the trace', async () => {
  const { traceId } = (await (await fetch(`${base}/broken`)).json()) as { traceId: string };
  const spans = await spansOf(traceId, 2);
  expect(spans.find((span) => span.name === 'catalogue.records.get')?.status).toMatchObject({ code: 2, message: 'REV_CONFLICT' });
  expect(JSON.stringify(spans)).not.toContain('canary');
});

test('what describes the process holds no path and no command line', async () => {
  const text = `${resources.join()}${await metricsText()}`;
  expect(text).toContain('430100');
  expect(text).not.toContain(process.cwd());
  expect(text).not.toContain('process_command');
});

test.each([
  ['without a collector', ''],
  ['with a collector that is not there', `, otlpUrl: 'http://127.0.0.1:9/v1/traces'`],
])('a process %s counts, and ends cleanly', (_, extra) => {
  const code = `
    const { startTelemetry } = await import(${JSON.stringify(new URL('./start-telemetry.ts', import.meta.url).href)});
    const { measureCall } = await import(${JSON.stringify(new URL('./measure-call.ts', import.meta.url).href)});
    const { currentTraceparent } = await import(${JSON.stringify(new URL('./traceparent.ts', import.meta.url).href)});
    await measureCall('too.early', async () => {});
    const telemetry = startTelemetry({ serviceName: 'x', attributes: {}${extra} });
    console.log(await measureCall('a.b', async () => currentTraceparent()));
    telemetry.metricsHandler({}, { setHeader() {}, end: async (text) => { console.log(text); await telemetry.shutdown(); console.log('clean'); } });`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8', timeout: 18_000 });
  expect(run.stderr).toBe('');
  expect(run.status).toBe(0);
  expect(run.stdout).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/m);
  expect(run.stdout).toContain('procedure="a.b",code="OK"} 1');
  expect(run.stdout).toContain('clean');
});
