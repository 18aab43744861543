import { TokenError, type Logger, type SignIn, type SignInTokens } from '@xiangjing/platform';
import type { SessionStore } from '@xiangjing/services';

/** What stays on the node of a signed-in browser; the browser has the session's id in an httpOnly cookie and nothing else. */
export interface SessionData {
  accessToken: string;
  idToken: string | undefined;
  refreshToken: string | undefined;
  expiresAt: string;
  /** When the issuer last gave or confirmed it. */
  checkedAt: string;
}
export const SESSION_TTL_MS = 8 * 3600_000;
/** A token is not handed on so short before its end that it could run out on the way. */
const RENEW_BEFORE_MS = 20_000;
/** How long an issuer that does not answer is left alone: nobody waits for it at every click. */
const REST_MS = 10_000;

export interface SessionTokensOptions {
  store: Pick<SessionStore<SessionData>, 'read' | 'refresh' | 'delete'>;
  signIn: Pick<SignIn, 'refresh'>;
  clock: { now(): Date };
  log: Pick<Logger, 'info' | 'warn'>;
  recheckMs: number;
}

export const sessionOf = (tokens: SignInTokens, now: Date): SessionData => ({
  ...tokens,
  expiresAt: tokens.expiresAt.toISOString(),
  checkedAt: now.toISOString(),
});

/**
 * The access token of a session by its id. One that the issuer has not confirmed for `recheckMs` is renewed before it is handed on, so
 * a session revoked at the issuer is of no use here after that time. If the issuer refuses, the session ends at once; if it does not
 * answer, the token goes on to its own end. One renewal at a time for a session: with refresh tokens that work once, two would end it.
 */
export function sessionTokens({ store, signIn, clock, log, recheckMs }: SessionTokensOptions): (id: string) => Promise<string | undefined> {
  const running = new Map<string, Promise<string | undefined>>();
  let restUntil = 0;
  return (id) => {
    const token = running.get(id) ?? tokenOf(id).finally(() => running.delete(id));
    running.set(id, token);
    return token;
  };

  async function tokenOf(id: string): Promise<string | undefined> {
    const session = await store.read(id);
    if (!session) return undefined;
    const now = clock.now().getTime();
    const leftMs = Date.parse(session.expiresAt) - now;
    const isConfirmed = now - Date.parse(session.checkedAt) < recheckMs && leftMs > RENEW_BEFORE_MS;
    if (isConfirmed) return session.accessToken;
    const toItsEnd = leftMs > 0 ? session.accessToken : undefined;
    if (!session.refreshToken || now < restUntil) return toItsEnd;
    let tokens: SignInTokens;
    try {
      tokens = await signIn.refresh(session.refreshToken);
    } catch (error) {
      const code = error instanceof TokenError ? error.code : undefined;
      if (code === 'TOKEN_INVALID') return ended(id, session);
      if (code === 'UPSTREAM_UNAVAILABLE') restUntil = clock.now().getTime() + REST_MS;
      const what = code === 'UPSTREAM_UNAVAILABLE' ? 'the identity server does not answer' : 'renewing a session failed';
      log.warn({ err: error }, `${what}; who is signed in stays so until the token ends`);
      return toItsEnd;
    }
    return keep(id, session, tokens);
  }

  /** What was used for it may work no more, so a database that stumbles is asked twice; one that is away is told as that. */
  async function keep(id: string, before: SessionData, tokens: SignInTokens): Promise<string | undefined> {
    const fresh = sessionOf(tokens, clock.now());
    const kept = { ...fresh, refreshToken: fresh.refreshToken ?? before.refreshToken, idToken: fresh.idToken ?? before.idToken };
    const write = () => store.refresh(id, kept, SESSION_TTL_MS);
    const isKept = await write().catch((error: unknown) => {
      log.warn({ err: error }, 'a renewed session could not be kept and is written again');
      return write();
    });
    return isKept ? fresh.accessToken : undefined; // false: signed out meanwhile
  }

  /** Unless another process of the node renewed it in the same moment. */
  async function ended(id: string, refused: SessionData): Promise<string | undefined> {
    const now = await store.read(id);
    if (now && now.refreshToken !== refused.refreshToken) return now.accessToken;
    await store.delete(id);
    log.info('a session has ended: the identity server refused to renew it');
    return undefined;
  }
}
