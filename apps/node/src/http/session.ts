import { createSignIn, SealError, sealer, TokenError, type Claims, type Sealer, type SignIn, type SignInTokens } from '@xiangjing/platform';
import { createSessionStore, type SessionStore } from '@xiangjing/services';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Runtime } from '../runtime.ts';
import { issuerOf, nodeVerifier } from './actor.ts';

/** What stays on the node of a signed-in browser; the browser has the session's id in an httpOnly cookie and nothing else. */
export interface SessionData {
  accessToken: string;
  idToken: string | undefined;
  refreshToken: string | undefined;
  expiresAt: string;
}
/** Ports do not separate cookies, so nodes on one host need names of their own. */
const cookieOf = (adcode: string, what: 'session' | 'sign_in'): string => `xiangjing_${adcode}_${what}`;
export const SESSION_TTL_MS = 8 * 3600_000;

export interface Sessions {
  /** Names of the browser's cookies: its session, and the sign-in under way. */
  cookie: string;
  flowCookie: string;
  signIn: SignIn;
  store: SessionStore<SessionData>;
  seal(text: string): string;
  /** Undefined for what this node did not seal. */
  open(sealed: string): string | undefined;
  /** The session's access token, refreshed when it is about to run out; undefined if there is no session. */
  accessToken(id: string): Promise<string | undefined>;
  /** Checked claims of the session's token; undefined if there is no session, or its token no longer holds. */
  claims(id: string): Promise<Claims | undefined>;
  csrfOf(id: string): string;
  isCsrf(id: string, given: unknown): boolean;
}

export async function openSessions(runtime: Runtime): Promise<Sessions> {
  const { config, db, clock } = runtime;
  const secret = await sessionSecret(config.dataDir);
  const box = sealer(secret);
  const store = createSessionStore<SessionData>({ db, sealer: box, clock });
  const signIn = createSignIn({
    issuer: issuerOf(config),
    clientId: config.identity.clientId,
    ...(config.identity.clientSecret ? { clientSecret: config.identity.clientSecret } : {}),
    redirectUri: `${config.http.publicUrl}/auth/callback`,
  });
  const verifier = nodeVerifier(config, clock);
  const refreshing = new Map<string, Promise<string | undefined>>();
  const csrfOf = (id: string) => createHmac('sha256', secret).update(`csrf ${id}`).digest('base64url');
  return {
    cookie: cookieOf(config.node.adcode, 'session'),
    flowCookie: cookieOf(config.node.adcode, 'sign_in'),
    signIn,
    store,
    seal: (text) => box.seal(text).toString('base64url'),
    open: (sealed) => opened(box, sealed),
    csrfOf,
    isCsrf: (id, given) => typeof given === 'string' && safeEqual(given, csrfOf(id)),
    claims: async (id) => {
      const token = await accessToken(id);
      return token ? verifier.verify(token).catch(() => undefined) : undefined;
    },
    accessToken,
  };

  async function accessToken(id: string): Promise<string | undefined> {
    const session = await store.read(id);
    if (!session) return undefined;
    if (Date.parse(session.expiresAt) - clock.now().getTime() > 20_000) return session.accessToken;
    const running = refreshing.get(id) ?? refresh(id, session).finally(() => refreshing.delete(id)); // one refresh at a time per session
    refreshing.set(id, running);
    return running;
  }

  async function refresh(id: string, session: SessionData): Promise<string | undefined> {
    if (!session.refreshToken) return undefined;
    try {
      const fresh = sessionOf(await signIn.refresh(session.refreshToken));
      await store.refresh(
        id,
        { ...fresh, refreshToken: fresh.refreshToken ?? session.refreshToken, idToken: fresh.idToken ?? session.idToken },
        SESSION_TTL_MS,
      );
      return fresh.accessToken;
    } catch (error) {
      const away = error instanceof TokenError && error.code === 'UPSTREAM_UNAVAILABLE';
      return away && Date.parse(session.expiresAt) > clock.now().getTime() ? session.accessToken : undefined;
    }
  }
}

export const sessionOf = (tokens: SignInTokens): SessionData => ({ ...tokens, expiresAt: tokens.expiresAt.toISOString() });

function opened(box: Sealer, sealed: string): string | undefined {
  try {
    return box.open(Buffer.from(sealed, 'base64url'));
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

const safeEqual = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** Shared by the processes of the node through its data folder; made at the first start. */
async function sessionSecret(dataDir: string): Promise<string> {
  const file = join(dataDir, 'session.secret');
  await writeFile(file, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return readFile(file, 'utf8');
}
