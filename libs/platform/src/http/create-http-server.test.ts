import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogger } from '../log/create-logger.ts';
import { createHttpServer } from './create-http-server.ts';
import { findForbiddenKey } from './json-body.ts';
import { listen, PortTakenError } from './listen.ts';
import type { Problem } from './problem.ts';

const lines: string[] = [];
let app: FastifyInstance;
let base: string;

beforeAll(async () => {
  const log = createLogger({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  app = createHttpServer({
    log,
    bodyLimitBytes: 64 * 1024,
    before(req, res) {
      const mine = req.url === '/mine';
      if (mine) res.end('mine');
      return mine;
    },
  });
  app.post('/records', async (request) => ({ got: request.body }));
  app.get('/records/:id', async (request) => request.params);
  app.get('/fails', async () => {
    throw new Error('password=hunter2 of the table', { cause: new Error('root cause') });
  });
  app.get('/refuses', async () => {
    throw Object.assign(new Error('记录已变'), { code: 'REV_CONFLICT', status: 409, remedy: '重新读取' });
  });
  base = (await listen(app, { host: '127.0.0.1', port: 0 })).url;
});
afterAll(() => app.close());

const post = (body: string, type = 'application/json') =>
  fetch(`${base}/records`, { method: 'POST', headers: { 'content-type': type }, body });
async function problem(response: Response): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const body = (await response.json()) as Problem;
  expect(body.status).toBe(response.status);
  expect(body.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(body.traceId).toBe(response.headers.get('x-trace-id'));
  return body;
}

describe('a bad request is a problem with a code, and says what to do', () => {
  test.each([
    ['malformed JSON', () => post('{"a":'), 400, 'BODY_MALFORMED'],
    ['an empty body', () => post(''), 400, 'BODY_MALFORMED'],
    ['nesting without end', () => post('['.repeat(5000) + ']'.repeat(5000)), 400, 'BODY_MALFORMED'],
    ['10 MB', () => post(JSON.stringify('x'.repeat(10_000_000))), 413, 'BODY_TOO_LARGE'],
    ['text', () => post('{}', 'text/plain'), 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['a form', () => post('a=1', 'application/x-www-form-urlencoded'), 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['an unknown address', () => fetch(`${base}/nothing?q=13812345678`), 404, 'ROUTE_UNKNOWN'],
    ['an unknown method', () => fetch(`${base}/records`, { method: 'DELETE' }), 404, 'ROUTE_UNKNOWN'],
    ['broken percent signs', () => fetch(`${base}/records/%zz`), 400, 'ROUTE_UNKNOWN'],
    ['a refusal of a verb', () => fetch(`${base}/refuses`), 409, 'REV_CONFLICT'],
  ])('%s', async (_, send, status, code) => {
    const body = await problem(await send());
    expect(body).toMatchObject({ status, code, type: `urn:xiangjing:error:${code}` });
    expect(body.detail).not.toBe('');
    expect(body.remedy).not.toBe('');
    expect(body.instance).not.toContain('?');
  });

  test.each([
    ['{"__proto__":{"admin":true}}', '/__proto__'],
    ['{"core":[{"\\u005f_proto__":1}]}', '/core/0/__proto__'],
    ['{"a/b":{"constructor":{}}}', '/a~1b/constructor'],
    ['{"prototype":1}', '/prototype'],
  ])('the key in %s', async (text, pointer) => {
    const body = await problem(await post(text));
    expect(body).toMatchObject({ status: 400, code: 'FORBIDDEN_KEY', errors: [{ pointer, code: 'FORBIDDEN_KEY' }] });
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });
});

test('good JSON arrives, with those words as values and a constructor as a text', async () => {
  const body = { name: '__proto__', list: ['constructor'] };
  expect(await (await post(JSON.stringify(body))).json()).toEqual({ got: body });
  expect(findForbiddenKey({ list: ['prototype'] })).toBeUndefined();
});

test('an unknown error loses its text at the edge and keeps its cause in the log', async () => {
  lines.length = 0;
  const body = await problem(await fetch(`${base}/fails`));
  expect(body).toMatchObject({ status: 500, code: 'INTERNAL' });
  expect(JSON.stringify(body)).not.toContain('hunter2');
  expect(lines.join('')).toContain('root cause');
  expect(lines.join('')).toContain(body.traceId);
});

test('a handler before the router answers what is its own', async () => {
  expect(await (await fetch(`${base}/mine`)).text()).toBe('mine');
});

test('a long id reaches its route decoded', async () => {
  const id = `urn:${'x'.repeat(3000)}`;
  expect(await (await fetch(`${base}/records/${encodeURIComponent(id)}`)).json()).toEqual({ id });
});

test('a server that closes lets go of unused connections at once and of endless requests after the grace', async () => {
  const short = createHttpServer({ log: createLogger({ level: 'silent' }), bodyLimitBytes: 10, closeGraceMs: 300 });
  const reached = Promise.withResolvers<void>();
  short.get('/poll', () => {
    reached.resolve();
    return new Promise(() => undefined);
  });
  const { port, url } = await listen(short, { host: '127.0.0.1', port: 0 });
  const unused = connect(port, '127.0.0.1').resume();
  const gone = new Promise((resolve) => unused.once('close', resolve));
  const poll = fetch(`${url}/poll`).catch((error: unknown) => error);
  await reached.promise;
  const started = performance.now();
  const closed = short.close();
  await gone;
  expect(performance.now() - started).toBeLessThan(250);
  await closed;
  expect(await poll).toBeInstanceOf(Error);
});

test('a taken port is named, with what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const second = createHttpServer({ log: createLogger({ level: 'silent' }), bodyLimitBytes: 10 });
  const refusal = await listen(second, { host: '127.0.0.1', port }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(PortTakenError);
  expect(refusal).toMatchObject({ code: 'PORT_TAKEN', port });
  expect((refusal as PortTakenError).message).toContain(String(port));
  other.close();
});
