import { DemoError } from './demo-error.ts';
import { readKept } from './folder.ts';
import { createNodeApi } from './node-api.ts';
import { urlOf } from './options.ts';

/** A bearer token of a demo user of a running node, for scripts. */
export async function printToken(o: { node: string; user: string; portBase: number; data: string }): Promise<void> {
  const kept = readKept(o.data);
  if (!kept) throw new DemoError(`${o.data} has no demo`, 'start it first: npm start');
  const url = urlOf(o.node, o.portBase);
  const identityUrl = kept.keycloakUrl ?? url;
  const token = await createNodeApi({ adcode: o.node, url, identityUrl, password: kept.password })
    .token(o.user)
    .catch((cause: unknown) => {
      if (cause instanceof DemoError) throw cause;
      throw new DemoError(`nobody answers at ${identityUrl}`, 'start the demo in another terminal: npm start', cause);
    });
  process.stdout.write(`${token}\n`);
}
