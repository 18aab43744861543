import type pg from 'pg';

/** A pool whose connections break for good at the nth query from now, before it is sent: as far as the database can tell, a killed process. */
export function killedAt(pool: pg.Pool, nth: number): pg.Pool {
  let left = nth;
  const count = () => {
    left -= 1;
    if (left <= 0) throw new Error('killed');
  };
  const guarded = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, name) {
        const value: unknown = Reflect.get(object, name);
        if (typeof value !== 'function') return value;
        if (name === 'connect') return async () => guarded((await value.call(object)) as object);
        if (name !== 'query') return value.bind(object);
        return async (...args: unknown[]) => {
          count();
          return value.apply(object, args) as unknown;
        };
      },
    });
  return guarded(pool);
}
