import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '../log/create-logger.ts';
import { createHttpServer } from './create-http-server.ts';
import { listen } from './listen.ts';

const app = createHttpServer({ log: createLogger({ level: 'silent' }), bodyLimitBytes: 1_000 });
app.post('/records', async () => 'ok');
let port: number;
beforeAll(async () => {
  port = Number(new URL((await listen(app, { host: '127.0.0.1', port: 0 })).url).port);
});
afterAll(() => app.close());

/** Writes the pieces of a body with a pause before each, and reads only then. */
async function upload(pieces: number, promised: number): Promise<{ answer: string; fault: string; tookMs: number }> {
  const startMs = performance.now();
  const piece = Buffer.alloc(64 * 1024, 'x');
  const socket = connect(port, '127.0.0.1').pause();
  const closed = new Promise((resolve) => socket.once('close', resolve));
  let fault = '';
  socket.on('error', (error: NodeJS.ErrnoException) => (fault ||= error.code ?? 'error'));
  socket.write(`POST /records HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${promised * piece.length}\r\n\r\n`);
  for (let sent = 0; sent < pieces && fault === ''; sent += 1) {
    await sleep(2);
    socket.write(piece);
  }
  let answer = '';
  socket.on('data', (data) => (answer += String(data)));
  socket.resume();
  await closed;
  return { answer, fault, tookMs: performance.now() - startMs };
}

test('a client that sends ten megabytes before it listens hears that it is too much', async () => {
  const { answer, fault } = await upload(160, 160);
  expect(fault).toBe('');
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toContain('BODY_TOO_LARGE');
});

test('one that does not go on is answered after two seconds', async () => {
  const { answer, tookMs } = await upload(3, 160);
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(tookMs).toBeGreaterThan(1_900);
  expect(tookMs).toBeLessThan(6_000);
});
