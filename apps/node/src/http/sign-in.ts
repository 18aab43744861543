import cookie from '@fastify/cookie';
import { DomainError } from '@xiangjing/scenario-sdk';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Runtime } from '../runtime.ts';
import { displayOf } from './display.ts';
import { localPath } from './local-path.ts';
import { SESSION_TTL_MS, sessionOf, type Sessions } from './session.ts';

/** Server-side code flow with PKCE: tokens stay on the node. */
export async function mountSignIn(runtime: Runtime, sessions: Sessions): Promise<void> {
  const { app, config } = runtime;
  const secure = config.http.publicUrl.startsWith('https:');
  const cookieOptions = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  await app.register(cookie);

  app.get('/auth/login', async (request, reply) => {
    const { url, flow } = await sessions.signIn.begin();
    const returnTo = localPath((request.query as { returnTo?: unknown }).returnTo, '/workbench/');
    reply.setCookie(sessions.flowCookie, sessions.seal(JSON.stringify({ ...flow, returnTo })), { ...cookieOptions, maxAge: 600 });
    return reply.redirect(url);
  });

  app.get('/auth/callback', async (request, reply) => {
    const opened = sessions.open(request.cookies[sessions.flowCookie] ?? '');
    if (opened === undefined) return reply.redirect('/auth/login'); // the sign-in took longer than its cookie lives, or it is not ours
    const flow = JSON.parse(opened) as { state: string; nonce: string; codeVerifier: string; returnTo: string };
    const tokens = await sessions.signIn.complete(new URL(request.url, config.http.publicUrl), flow);
    const id = await sessions.store.create(sessionOf(tokens), SESSION_TTL_MS);
    reply.clearCookie(sessions.flowCookie, cookieOptions).setCookie(sessions.cookie, id, cookieOptions);
    return reply.redirect(flow.returnTo);
  });

  app.post('/auth/logout', async (request, reply) => {
    const id = request.cookies[sessions.cookie];
    const session = id ? await sessions.store.read(id) : undefined;
    if (id && !sessions.isCsrf(id, request.headers['x-csrf'])) throw csrfError();
    if (id) await sessions.store.delete(id);
    reply.clearCookie(sessions.cookie, cookieOptions);
    const returnTo = `${config.http.publicUrl}/`;
    return {
      url: session ? await sessions.signIn.endSessionUrl({ ...(session.idToken ? { idToken: session.idToken } : {}), returnTo }) : returnTo,
    };
  });

  app.get('/auth/session', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const id = request.cookies[sessions.cookie];
    const person = await personOf(request, sessions);
    return {
      person,
      ...displayOf(request, reply),
      csrf: id && person ? sessions.csrfOf(id) : '',
      node: { adcode: runtime.node.adcode, nameZh: runtime.node.nameZh, demo: config.node.mode === 'demo' },
    };
  });

  lendSession(app, sessions);
}

export interface Person {
  name: string;
  grants: string[];
}

/** The signed-in person of a browser, or null. */
export async function personOf(request: FastifyRequest, sessions: Sessions): Promise<Person | null> {
  const id = request.cookies[sessions.cookie];
  const claims = id ? await sessions.claims(id) : undefined;
  if (!claims) return null;
  const grants = Array.isArray(claims['grants']) ? claims['grants'].map(String) : [];
  return { name: String(claims['name'] ?? claims['preferred_username'] ?? claims['sub']), grants };
}

/** A browser's tRPC call: its session becomes the bearer token that every process of the node knows. REST never takes the cookie. */
function lendSession(app: FastifyInstance, sessions: Sessions): void {
  app.addHook('onRequest', async (request: FastifyRequest, _reply: FastifyReply) => {
    if (!request.url.startsWith('/trpc') || request.headers.authorization) return;
    const id = request.cookies[sessions.cookie];
    if (!id) return;
    if (request.method !== 'GET' && !sessions.isCsrf(id, request.headers['x-csrf'])) throw csrfError();
    const token = await sessions.accessToken(id);
    if (token) request.headers.authorization = `Bearer ${token}`;
  });
}

const csrfError = () => new DomainError('SESSION_STATE', '这次提交没有带本页面的校验值', { remedy: '刷新页面后再提交' });
