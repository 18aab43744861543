import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

interface Kept {
  payload: AdapterPayload;
  expiresAt: number;
}

/** Sessions, codes and refresh tokens of one realm, in memory: after a restart people sign in again, access tokens go on. */
export function memoryStore(now: () => number = Date.now): AdapterFactory {
  const kept = new Map<string, Kept>();
  const live = (key: string): AdapterPayload | undefined => {
    const found = kept.get(key);
    if (found && found.expiresAt > now()) return found.payload;
    kept.delete(key);
    return undefined;
  };
  const sweep = () => {
    for (const [key, { expiresAt }] of kept) if (expiresAt <= now()) kept.delete(key);
  };
  let sweepAt = 1000;

  return (model: string): Adapter => {
    const keyOf = (id: string) => `${model}:${id}`;
    const firstWith = (field: 'uid' | 'userCode', value: string) => {
      for (const [key, { payload }] of kept) if (key.startsWith(`${model}:`) && payload[field] === value) return live(key);
      return undefined;
    };
    return {
      async upsert(id, payload, expiresInSeconds) {
        if (kept.size >= sweepAt) {
          sweep();
          sweepAt = Math.max(1000, kept.size * 2);
        }
        kept.set(keyOf(id), { payload, expiresAt: expiresInSeconds ? now() + expiresInSeconds * 1000 : Infinity });
      },
      find: async (id) => live(keyOf(id)),
      findByUid: async (uid) => firstWith('uid', uid),
      findByUserCode: async (code) => firstWith('userCode', code),
      async consume(id) {
        const payload = live(keyOf(id));
        if (payload) payload['consumed'] = Math.floor(now() / 1000);
      },
      async destroy(id) {
        kept.delete(keyOf(id));
      },
      async revokeByGrantId(grantId) {
        for (const [key, { payload }] of kept) if (payload['grantId'] === grantId) kept.delete(key);
      },
    };
  };
}
