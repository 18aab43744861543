import { createSignIn, SealError, sealer, type Claims, type Sealer, type SignIn } from '@xiangjing/platform';
import { createSessionStore, type SessionStore } from '@xiangjing/services';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Runtime } from '../runtime.ts';
import { issuerOf } from './actor.ts';
import { sessionTokens, type SessionData } from './session-tokens.ts';

/** Ports do not separate cookies, so nodes on one host need names of their own. */
const cookieOf = (adcode: string, what: 'session' | 'sign_in'): string => `xiangjing_${adcode}_${what}`;

export interface Sessions {
  /** Names of the browser's cookies: its session, and the sign-in under way. */
  cookie: string;
  flowCookie: string;
  signIn: SignIn;
  store: SessionStore<SessionData>;
  seal(text: string): string;
  /** Undefined for what this node did not seal. */
  open(sealed: string): string | undefined;
  /** The session's access token, which the issuer has confirmed within `identity.recheckMs`; undefined if there is no session. */
  accessToken(id: string): Promise<string | undefined>;
  /** Checked claims of the session's token; undefined if there is no session, or its token no longer holds. */
  claims(id: string): Promise<Claims | undefined>;
  csrfOf(id: string): string;
  isCsrf(id: string, given: unknown): boolean;
}

export async function openSessions(runtime: Runtime): Promise<Sessions> {
  const { config, db, clock, verifier, log } = runtime;
  const secret = await sessionSecret(config.dataDir);
  const box = sealer(secret);
  const store = createSessionStore<SessionData>({ db, sealer: box, clock });
  const signIn = createSignIn({
    issuer: issuerOf(config),
    clientId: config.identity.clientId,
    ...(config.identity.clientSecret ? { clientSecret: config.identity.clientSecret } : {}),
    redirectUri: `${config.http.publicUrl}/auth/callback`,
  });
  const accessToken = sessionTokens({ store, signIn, clock, log, recheckMs: config.identity.recheckMs });
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
}

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
