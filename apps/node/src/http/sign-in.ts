import cookie from '@fastify/cookie';
import { TokenError, type SignInFlow } from '@xiangjing/platform';
import { DomainError } from '@xiangjing/scenario-sdk';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Runtime } from '../runtime.ts';
import { displayOf } from './display.ts';
import { localPath } from './local-path.ts';
import { SESSION_TTL_MS, sessionOf } from './session-tokens.ts';
import type { Sessions } from './session.ts';
import { signInPage, signInTrouble, type SignInTrouble } from './sign-in-page.ts';

/** The `acr` of a sign-in with a second factor. */
const STEPPED_UP = '2';
const FLOW_SECONDS = 600;

/** What a sign-in under way leads back to. */
interface Again {
  returnTo: string;
  isStepUp: boolean;
}
type Flow = SignInFlow & Again;

/** Server-side code flow with PKCE: tokens stay on the node. */
export async function mountSignIn(runtime: Runtime, sessions: Sessions): Promise<void> {
  const { app, config, clock } = runtime;
  const secure = config.http.publicUrl.startsWith('https:');
  const cookieOptions = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  await app.register(cookie);

  app.get('/auth/login', async (request, reply) => {
    const query = request.query as { returnTo?: unknown; stepUp?: unknown };
    const returnTo = localPath(query.returnTo, '/workbench/');
    const isStepUp = query.stepUp === '1';
    try {
      const { url, flow } = await sessions.signIn.begin(isStepUp ? { acr: STEPPED_UP } : {});
      const kept: Flow = { ...flow, returnTo, isStepUp };
      reply.setCookie(sessions.flowCookie, sessions.seal(JSON.stringify(kept)), { ...cookieOptions, maxAge: FLOW_SECONDS });
      return reply.redirect(url);
    } catch (error) {
      return tell(request, reply, error, { returnTo, isStepUp });
    }
  });

  app.get('/auth/callback', async (request, reply) => {
    const opened = sessions.open(request.cookies[sessions.flowCookie] ?? '');
    // Never by itself to the sign-in again: where cookies are blocked that would go round for ever.
    if (opened === undefined) return show(reply, 'expired', { returnTo: '/workbench/', isStepUp: false });
    const flow = JSON.parse(opened) as Flow;
    reply.clearCookie(sessions.flowCookie, cookieOptions);
    try {
      const tokens = await sessions.signIn.complete(new URL(request.url, config.http.publicUrl), flow);
      const before = request.cookies[sessions.cookie];
      if (before) await sessions.store.delete(before);
      reply.setCookie(sessions.cookie, await sessions.store.create(sessionOf(tokens, clock.now()), SESSION_TTL_MS), cookieOptions);
      const isStrong = !flow.isStepUp || (await runtime.verifier.verify(tokens.accessToken)).acr === STEPPED_UP;
      return isStrong ? await reply.redirect(flow.returnTo) : show(reply, 'weak', flow);
    } catch (error) {
      return tell(request, reply, error, flow);
    }
  });

  /** A fault of the sign-in becomes a page that says what to do; scripts get it as a problem. */
  function tell(request: FastifyRequest, reply: FastifyReply, error: unknown, again: Again): FastifyReply {
    if (!(error instanceof TokenError)) throw error;
    const trouble = signInTrouble(error.code, request.query as Record<string, unknown>, again.isStepUp);
    runtime.log.warn({ err: error, trouble, diagnosis: error.diagnosis }, 'a sign-in did not come through');
    if (!(request.headers.accept ?? '').includes('text/html')) throw error;
    return show(reply, trouble, again);
  }
  function show(reply: FastifyReply, trouble: SignInTrouble, again: Again): FastifyReply {
    const { status, html } = signInPage(trouble, { ...again, nodeName: runtime.node.nameZh });
    return reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html);
  }

  app.post('/auth/logout', async (request, reply) => {
    const id = request.cookies[sessions.cookie];
    const session = id ? await sessions.store.read(id) : undefined;
    if (id && !sessions.isCsrf(id, request.headers['x-csrf'])) throw csrfError();
    if (id) await sessions.store.delete(id);
    reply.clearCookie(sessions.cookie, cookieOptions);
    const returnTo = `${config.http.publicUrl}/`;
    if (!session) return { url: returnTo };
    const end = sessions.signIn.endSessionUrl({ ...(session.idToken ? { idToken: session.idToken } : {}), returnTo });
    return { url: await end.catch(() => returnTo) }; // the issuer is away: signed out here, and there when its own session ends
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
