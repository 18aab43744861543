import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startModules, startOrder, type Module } from './start-modules.ts';

/** A module that writes its start and stop into the shared list. */
function module(name: string, needs: string[] = [], fails: { start?: boolean; stop?: boolean } = {}): Module<string[]> {
  return {
    name,
    needs,
    async start(events) {
      if (fails.start) throw new Error(`${name} fails`);
      events.push(`+${name}`);
      return {
        async stop() {
          events.push(`-${name}`);
          if (fails.stop) throw new Error(`${name} hangs on`);
        },
      };
    },
  };
}

test('starts needs first and stops in reverse', async () => {
  const events: string[] = [];
  const running = await startModules(
    [module('portal', ['http', 'catalogue']), module('http'), module('catalogue', ['db']), module('db')],
    events,
  );
  expect(events).toEqual(['+http', '+db', '+catalogue', '+portal']);
  events.length = 0;
  await running.stop();
  expect(events).toEqual(['-portal', '-catalogue', '-db', '-http']);
  await running.stop();
  expect(events).toHaveLength(4);
});

test('a failing start stops what is up and tells its own error', async () => {
  const events: string[] = [];
  await expect(startModules([module('db', [], { stop: true }), module('catalogue', ['db'], { start: true })], events)).rejects.toThrow(
    'catalogue fails',
  );
  expect(events).toEqual(['+db', '-db']);
});

test('a module that does not stop keeps no other from stopping', async () => {
  const events: string[] = [];
  const running = await startModules([module('db'), module('http', [], { stop: true })], events);
  await expect(running.stop()).rejects.toThrow('some modules did not stop cleanly');
  expect(events).toEqual(['+db', '+http', '-http', '-db']);
});

test.each([
  ['a cycle', [module('a', ['b']), module('b', ['c']), module('c', ['b'])], 'b → c → b'],
  ['a need of itself', [module('a', ['a'])], 'a → a'],
  ['an unknown need', [module('a', ['database'])], 'module a needs database, which is not in the table'],
  ['a name used twice', [module('a'), module('a')], 'two modules are called a'],
])('%s stops the start before anything runs', async (_, modules, message) => {
  const events: string[] = [];
  await expect(startModules(modules, events)).rejects.toThrow(message);
  expect(events).toEqual([]);
});

test('whatever the graph, every module comes after its needs', () => {
  const graph = fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(graph, fc.infiniteStream(fc.nat()), (edges, shuffle) => {
      const modules = edges.map((to, i) =>
        module(
          `m${i}`,
          [...new Set(to.filter((j) => j < i))].map((j) => `m${j}`),
        ),
      );
      const mixed = modules.map((item) => ({ item, at: shuffle.next().value })).sort((a, b) => a.at - b.at);
      const order = startOrder(mixed.map(({ item }) => item)).map(({ name }) => name);
      expect(order).toHaveLength(modules.length);
      for (const { name, needs } of modules) for (const need of needs) expect(order.indexOf(need)).toBeLessThan(order.indexOf(name));
    }),
  );
});
