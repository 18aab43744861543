import { expect, test } from 'vitest';
import { createLogger } from './create-logger.ts';

function logged(write: (log: ReturnType<typeof createLogger>) => void): { line: Record<string, unknown>; text: string } {
  const lines: string[] = [];
  write(createLogger({ level: 'info', bindings: { node: '430100' }, destination: { write: (line) => void lines.push(line) } }));
  const text = lines.join('');
  return { line: JSON.parse(text) as Record<string, unknown>, text };
}

test('a line is JSON with level, time, bindings and message', () => {
  const { line } = logged((log) => log.child({ module: 'egress' }).warn({ view: 'up', lag: 3 }, 'feed %s is late', 'up'));
  expect(line).toMatchObject({ level: 'warn', node: '430100', module: 'egress', view: 'up', lag: 3, msg: 'feed up is late' });
  expect(Date.parse(line['time'] as string)).not.toBeNaN();
});

test('credentials and contacts are hidden by their key at any depth, and empty ones are left', () => {
  const secret = 'c4n4ry';
  const { line, text } = logged((log) =>
    log.child({ clientSecret: secret }).info({
      req: { headers: { authorization: secret, cookie: secret, 'set-cookie': [secret], accept: 'json' } },
      body: { core: { contact: { name: '张三', mobile: secret, mail: secret }, roleContact: { phone: secret, mailbox: secret } } },
      list: [{ accessToken: secret, password: secret, email: secret }],
      tokenMissing: true,
    }),
  );
  expect(text).not.toContain(secret);
  expect(line).toMatchObject({ req: { headers: { accept: 'json', cookie: '[redacted]' } }, tokenMissing: true });
});

test.each([
  ['mobile', '请致电13812345678联系', '13812345678'],
  ['mobile with spaces', 'tel +86 138 1234 5678.', '1234 5678'],
  ['identity card', '身份证 43010419900307123X。', '19900307'],
  ['bearer', 'sent Authorization: Bearer abc.def-123', 'abc.def'],
  ['JWT', 'token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln refused', 'eyJ'],
  ['database address', 'connect postgres://app:hunter2@db:5432/x', 'hunter2'],
])('a %s is hidden in a message, an error, its cause and an interpolated value', (_, sentence, part) => {
  expect(logged((log) => log.info(sentence)).text).not.toContain(part);
  expect(logged((log) => log.info('got %s', sentence)).text).not.toContain(part);
  expect(logged((log) => log.info({ note: [sentence] })).text).not.toContain(part);
  const { line, text } = logged((log) => log.error(new Error(sentence, { cause: new Error(sentence) })));
  expect(text).not.toContain(part);
  expect(line['err']).toMatchObject({ type: 'Error', cause: { type: 'Error' } });
});

test.each([
  'urn:xiangjing:430100:opportunity:01935b2e-7d4a-7c11-8a55-13812345678a',
  'rev 12641234567',
  '2026-11-24T18:00:00.123Z',
  '1764012345678',
])('%s is no personal number', (text) => {
  expect(logged((log) => log.info(text)).line['msg']).toBe(text);
});

test('numbers stay numbers, an error keeps its code and remedy, a ring does not hang', () => {
  expect(logged((log) => log.info({ bytes: 13812345678 })).line['bytes']).toBe(13812345678);
  const refused = Object.assign(new Error('no'), { code: 'REV_CONFLICT', remedy: 'read again' });
  expect(logged((log) => log.error({ err: refused }, 'refused')).line).toMatchObject({
    msg: 'refused',
    err: { code: 'REV_CONFLICT', remedy: 'read again' },
  });
  const ring: Record<string, unknown> = {};
  ring['ring'] = ring;
  expect(logged((log) => log.info(ring)).text).toContain('[deep]');
});
