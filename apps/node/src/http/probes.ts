import { pendingMigrations } from '@xiangjing/db';
import { federationRequestCount } from '@xiangjing/federation';
import type { Runtime } from '../runtime.ts';

/** `/healthz`: the event loop turns. `/readyz`: database and migrations. `/metrics`: Prometheus text. */
export function mountProbes({ app, db, config, telemetry, plugins }: Runtime): void {
  app.get('/healthz', () => ({ alive: true }));
  app.get('/readyz', async (_request, reply) => {
    const missing = await whatIsMissing(db, config.database.appUrl);
    return reply.code(missing.length ? 503 : 200).send({ ready: missing.length === 0, missing, plugins: plugins.status() });
  });
  telemetry.meter
    .createObservableCounter('xiangjing_federation_requests', { description: 'requests under /federation/v1 received by this process' })
    .addCallback((result) => result.observe(federationRequestCount()));
  app.get('/metrics', (request, reply) => {
    reply.hijack();
    telemetry.metricsHandler(request.raw, reply.raw);
  });
}

async function whatIsMissing(db: Runtime['db'], appUrl: string): Promise<string[]> {
  try {
    await db.$queryRaw`select 1`;
  } catch {
    return ['database'];
  }
  const pending = await pendingMigrations(appUrl);
  return pending.length ? [`migrations: ${pending.join(', ')}`] : [];
}
