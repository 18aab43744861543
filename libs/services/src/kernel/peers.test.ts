import { createHTTPServer } from '@trpc/server/adapters/standalone';
import { DomainError, z } from '@xiangjing/scenario-sdk';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import type { ServiceContext } from './context.ts';
import { createPeers } from './peers.ts';
import { nameError } from './problem.ts';
import { procedure, router, taking } from './procedure.ts';

const greeting = router({
  hello: router({
    say: taking({ action: 'vocabulary.view', open: true }, z.strictObject({ name: z.string() }))
      .output(z.object({ text: z.string() }))
      .query(({ ctx, input }) => ({ text: `${input.name} ${ctx.token ?? 'no token'}` })),
    fail: procedure({ action: 'vocabulary.view', open: true }).mutation((): never => {
      throw new DomainError('RECORD_GONE', '已撤回', {
        remedy: '问归属节点',
        issues: [{ pointer: '/x', code: 'RECORD_GONE', message: 'm', remedy: 'r' }],
      });
    }),
  }),
});
const whole = router({ greeting });
const context = (token?: string) => ({ actor: { type: 'anonymous' }, traceId: 't', ...(token ? { token } : {}) }) as ServiceContext;

async function served() {
  const server = createHTTPServer({
    router: whole,
    basePath: '/trpc/',
    createContext: ({ req }) => context(req.headers.authorization?.replace('Bearer ', '')),
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/trpc`;
  return { url, [Symbol.asyncDispose]: () => new Promise<void>((done) => void server.close(() => done())) };
}

it('calls in process when together, and over HTTP with the token when apart: same calls, same answers, same errors', async () => {
  await using there = await served();
  const together = createPeers({ greeting: { router: greeting } });
  const apart = createPeers({ greeting: { router: greeting, url: there.url, branch: 'greeting' } });
  for (const peers of [together, apart]) {
    const caller = peers.greeting(context('abc'));
    expect(await caller.hello.say({ name: 'x' })).toEqual({ text: 'x abc' });
    const error = await caller.hello.fail().catch(nameError);
    expect(error).toMatchObject({ code: 'RECORD_GONE', message: '已撤回', remedy: '问归属节点', issues: [{ pointer: '/x' }] });
    const wrong = await caller.hello.say({ nam: 'x' } as never).catch(nameError);
    expect((wrong as DomainError).issues.map((issue) => issue.pointer).sort()).toEqual(['?nam', '?name']);
  }
});

it.each(['headers', 'body'] as const)(
  'gives up on a process that never sends its %s',
  async (what) => {
    const server = createServer((_request, response) => {
      if (what === 'body') response.writeHead(200, { 'content-type': 'application/json' }).write('{"result":');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/trpc`;
    const peers = createPeers({ greeting: { router: greeting, url, branch: 'greeting' } }, { timeoutMs: 100 });
    for (const call of [() => peers.greeting(context()).hello.say({ name: 'x' }), () => peers.greeting(context()).hello.fail()])
      expect(await call().catch(nameError)).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', status: 503 });
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  },
  5000,
);

it('answers UPSTREAM_UNAVAILABLE when the process is not there', async () => {
  const peers = createPeers({ greeting: { router: greeting, url: 'http://127.0.0.1:9/trpc', branch: 'greeting' } });
  const error = await peers.greeting(context()).hello.say({ name: 'x' }).catch(nameError);
  expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', status: 503 });
});
