import type { FastifyInstance } from 'fastify';
import { PREFIX } from '../wire.ts';

let received = 0;

/** Federation requests this process has received since its start. A city dials out only: it should read 0 there. */
export const federationRequestCount = (): number => received;

const MARK = 'countsFederationRequests';

/** Counts every request under /federation/v1, answered or not; asked twice for one server it counts once. */
export function countFederationRequests(app: FastifyInstance): void {
  if (app.hasDecorator(MARK)) return;
  app.decorate(MARK, true);
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.url.startsWith(`${PREFIX}/`)) received += 1;
    done();
  });
}
