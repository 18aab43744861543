import fastifyStatic from '@fastify/static';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Runtime } from '../runtime.ts';

/** Where the portal's build lies; found by path, since no source imports the portal. */
export const PORTAL_DIST = join(import.meta.dirname, '../../../portal/dist');

/** The workbench application and the assets of all pages. */
export async function mountWorkbench({ app, log }: Runtime): Promise<void> {
  const client = join(PORTAL_DIST, 'client');
  if (!existsSync(client)) {
    log.warn({ client }, 'the portal is not built: no pages here. Type npm run build');
    return;
  }
  await app.register(fastifyStatic, { root: join(client, 'assets'), prefix: '/assets/', immutable: true, maxAge: '30d', index: false });
  const index = await readFile(join(client, 'index.html'), 'utf8');
  const page = (_request: unknown, reply: { header(k: string, v: string): { type(t: string): { send(b: string): unknown } } }) =>
    reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(index);
  app.get('/workbench', page);
  app.get('/workbench/*', page);
}
