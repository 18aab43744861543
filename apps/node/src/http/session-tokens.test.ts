import { TokenError, type SignInTokens } from '@xiangjing/platform';
import { describe, expect, test } from 'vitest';
import { SESSION_TTL_MS, sessionTokens, type SessionData } from './session-tokens.ts';

const START = Date.parse('2026-11-24T08:00:00Z');
const away = () => new TokenError('UPSTREAM_UNAVAILABLE', 'away');
const refused = () => new TokenError('TOKEN_INVALID', 'refused');

/** A session of five minutes made at START, an issuer that a test drives, a clock that a test moves. */
function world(recheckMs = 60_000) {
  let now = START;
  let row: SessionData | undefined = {
    accessToken: 'access-0',
    idToken: 'id-0',
    refreshToken: 'refresh-0',
    expiresAt: new Date(START + 300_000).toISOString(),
    checkedAt: new Date(START).toISOString(),
  };
  const used: string[] = [];
  const warned: string[] = [];
  let storeFaults = 0;
  let answer: () => Promise<Partial<SignInTokens>> = () => Promise.resolve({});
  const signIn = {
    refresh: async (refreshToken: string): Promise<SignInTokens> => {
      used.push(refreshToken);
      const n = used.length;
      const made = await answer();
      return { accessToken: `access-${n}`, idToken: undefined, refreshToken: `refresh-${n}`, expiresAt: new Date(now + 300_000), ...made };
    },
  };
  const store = {
    read: async () => row,
    refresh: async (_id: string, data: SessionData, ttlMs: number) => {
      expect(ttlMs).toBe(SESSION_TTL_MS);
      if (storeFaults-- > 0) throw new Error('the database is away');
      if (row) row = data;
      return row !== undefined;
    },
    delete: async () => void (row = undefined),
  };
  const log = { info: () => undefined, warn: (_: unknown, text?: string) => void warned.push(text!) };
  const token = sessionTokens({ store, signIn, clock: { now: () => new Date(now) }, log, recheckMs });
  return {
    token: () => token('s'),
    used,
    at: (seconds: number) => void (now = START + seconds * 1000),
    issuer: (how: typeof answer) => void (answer = how),
    row: () => row,
    warned,
    breakStore: (times: number) => void (storeFaults = times),
    replace: (data: SessionData | undefined) => void (row = data),
  };
}

test('within the bound the issuer is not asked, after it before the token is handed on', async () => {
  const { token, used, at, row } = world();
  at(59);
  expect(await token()).toBe('access-0');
  at(60);
  expect(await token()).toBe('access-1');
  at(119);
  expect(await token()).toBe('access-1');
  expect(used).toEqual(['refresh-0']);
  expect(row()).toMatchObject({ refreshToken: 'refresh-1', idToken: 'id-0', checkedAt: new Date(START + 60_000).toISOString() });
});

test('a token shortly before its end is renewed whatever the bound', async () => {
  const { token, at } = world(3_600_000);
  at(279);
  expect(await token()).toBe('access-0');
  at(281);
  expect(await token()).toBe('access-1');
});

test('a refusal ends the session at once, though its token would go on for minutes', async () => {
  const { token, at, issuer, row } = world();
  issuer(() => Promise.reject(refused()));
  at(61);
  expect(await token()).toBeUndefined();
  expect(row()).toBeUndefined();
});

test('any number of calls make one renewal, also those that come while it is being kept', async () => {
  const { token, at, issuer, used } = world();
  at(61);
  const gate = Promise.withResolvers<Partial<SignInTokens>>();
  issuer(() => gate.promise);
  const calls = Array.from({ length: 20 }, token);
  gate.resolve({});
  expect(new Set(await Promise.all([...calls, token()]))).toEqual(new Set(['access-1']));
  expect(await token()).toBe('access-1');
  expect(used).toEqual(['refresh-0']);
});

describe('an issuer that does not answer', () => {
  test('leaves the session to the end of its token, then it counts as signed out until the issuer is back', async () => {
    const { token, at, issuer, row } = world();
    issuer(() => Promise.reject(away()));
    at(61);
    expect(await token()).toBe('access-0');
    at(299);
    expect(await token()).toBe('access-0');
    at(301);
    expect(await token()).toBeUndefined();
    expect(row()).toBeDefined();
    issuer(() => Promise.resolve({}));
    at(320);
    expect(await token()).toMatch(/^access-/);
  });

  test('is asked again only every ten seconds', async () => {
    const { token, at, issuer, used } = world();
    issuer(() => Promise.reject(away()));
    for (let second = 61; second < 81; second++) {
      at(second);
      expect(await token()).toBe('access-0');
    }
    expect(used).toHaveLength(2);
  });

  test('is not confused with a fault of ours: the next call asks it again', async () => {
    const { token, at, issuer, warned } = world();
    issuer(() => Promise.reject(new Error('a bug')));
    at(61);
    expect(await token()).toBe('access-0');
    issuer(() => Promise.resolve({}));
    expect(await token()).toBe('access-2');
    expect(warned).toEqual([expect.stringContaining('renewing a session failed')]);
  });
});

describe('a database that does not keep what was renewed', () => {
  test('is asked once more', async () => {
    const { token, at, breakStore, row, used } = world();
    at(61);
    breakStore(1);
    expect(await token()).toBe('access-1');
    expect(row()).toMatchObject({ accessToken: 'access-1', refreshToken: 'refresh-1' });
    expect(used).toEqual(['refresh-0']);
  });

  test('is not taken for an issuer that is silent', async () => {
    const { token, at, breakStore, warned } = world();
    at(61);
    breakStore(2);
    await expect(token()).rejects.toThrow('the database is away');
    expect(warned.join(' ')).not.toContain('identity server');
    expect(await token()).toBe('access-2');
  });
});

test('who signs out while the renewal runs stays signed out', async () => {
  const { token, at, issuer, replace } = world();
  at(61);
  issuer(async () => {
    replace(undefined);
    return {};
  });
  expect(await token()).toBeUndefined();
});

test('a refusal because another process of the node was quicker ends nothing', async () => {
  const { token, at, issuer, replace, row } = world();
  at(61);
  issuer(() => {
    replace({ ...row()!, accessToken: 'theirs', refreshToken: 'theirs', checkedAt: new Date(START + 61_000).toISOString() });
    return Promise.reject(refused());
  });
  expect(await token()).toBe('theirs');
  expect(row()).toBeDefined();
});

test('a session without a refresh token lasts as long as its token', async () => {
  const { token, at, used, replace, row } = world();
  replace({ ...row()!, refreshToken: undefined });
  at(299);
  expect(await token()).toBe('access-0');
  at(301);
  expect(await token()).toBeUndefined();
  expect(used).toEqual([]);
});

test('there is none without a session', async () => {
  const { token, replace } = world();
  replace(undefined);
  expect(await token()).toBeUndefined();
});
