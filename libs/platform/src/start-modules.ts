/**
 * The module graph of a process. A module names what it needs; modules start one after another, each after its needs, and stop in the
 * reverse order. An unknown need, a name used twice and a cycle are faults of the wiring: nothing starts. If one fails to start, those
 * already up are stopped before its error goes on.
 */
export interface Module<C> {
  name: string;
  needs: string[];
  start(context: C): Promise<{ stop(): Promise<void> } | void>;
}

export class ModuleGraphError extends Error {
  readonly code = 'INTERNAL';
  readonly remedy = 'Mend `needs` in the table of modules.';
  override readonly name = 'ModuleGraphError';
}

export async function startModules<C>(modules: Module<C>[], context: C): Promise<{ stop(): Promise<void> }> {
  const started: { name: string; stop(): Promise<void> }[] = [];
  const stop = async () => {
    const failures: unknown[] = [];
    for (const module of started.splice(0).reverse()) await module.stop().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, 'some modules did not stop cleanly');
  };
  for (const module of startOrder(modules)) {
    try {
      const running = await module.start(context);
      if (running) started.push({ name: module.name, stop: () => running.stop() });
    } catch (error) {
      await stop().catch(() => undefined); // the first error is the one to tell
      throw error;
    }
  }
  return { stop };
}

/** Needs before those who need them; otherwise in the order given. */
export function startOrder<C>(modules: Module<C>[]): Module<C>[] {
  const byName = new Map(modules.map((module) => [module.name, module]));
  if (byName.size < modules.length) {
    const twice = modules.find((module) => byName.get(module.name) !== module);
    throw new ModuleGraphError(`two modules are called ${twice?.name}`);
  }
  const order = new Set<Module<C>>();
  const visit = (module: Module<C>, way: string[]) => {
    if (way.includes(module.name))
      throw new ModuleGraphError(`modules need each other: ${[...way.slice(way.indexOf(module.name)), module.name].join(' → ')}`);
    for (const need of module.needs) {
      const needed = byName.get(need);
      if (!needed)
        throw new ModuleGraphError(`module ${module.name} needs ${need}, which is not in the table (${[...byName.keys()].join(', ')})`);
      if (!order.has(needed)) visit(needed, [...way, module.name]);
    }
    order.add(module);
  };
  for (const module of modules) if (!order.has(module)) visit(module, []);
  return [...order];
}
