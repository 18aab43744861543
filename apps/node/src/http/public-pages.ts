import { actorFromClaims, type Actor } from '@xiangjing/authorization';
import { DomainError, VIEWED_STAGES, type Kind } from '@xiangjing/scenario-sdk';
import { ListRecordsInput, problemOf, type ServiceContext } from '@xiangjing/services';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Runtime } from '../runtime.ts';
import { contextMaker, type NodePeers } from './context.ts';
import { displayOf } from './display.ts';
import { homePage } from './home-page.ts';
import type { Sessions } from './session.ts';
import { personOf } from './sign-in.ts';
import { fromText } from './text-fields.ts';
import { PORTAL_DIST } from './workbench.ts';

type Render = (request: object) => { status: number; html: string };

const LISTS: Record<string, Kind | null> = {
  opportunities: 'opportunity',
  capabilities: 'capability',
  demonstrations: 'demonstration',
  search: null,
};

/**
 * Public pages: the data as the anonymous actor may have it, through the node's peers, drawn by the portal's render entry. One page
 * shows more to those who watch the node, so it is asked for in the name of whoever is signed in.
 */
export async function mountPublicPages(runtime: Runtime, sessions: Sessions): Promise<void> {
  const entry = join(PORTAL_DIST, 'server/server.js');
  if (!existsSync(entry)) return;
  const { render } = (await import(pathToFileURL(entry).href)) as { render: Render };
  const { as } = contextMaker(runtime);

  const show =
    (load: (request: FastifyRequest, ctx: ServiceContext, peers: NodePeers) => Promise<object>, whose: 'anybody' | 'person' = 'anybody') =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const person = whose === 'person' ? await signedIn(request, sessions, runtime.node.adcode) : undefined;
      const ctx = as(person?.actor ?? { type: 'anonymous' }, { channel: 'page', ...(person ? { token: person.token } : {}) });
      const peers = ctx.peers as NodePeers;
      let page: object;
      try {
        page = await load(request, ctx, peers);
      } catch (error) {
        const { status, code } = problemOf(error, { traceId: ctx.traceId, instance: request.url });
        if (status >= 500) runtime.log.error({ err: error, traceId: ctx.traceId }, 'a page failed');
        page = { name: 'problem', status, code };
      }
      return draw(page, ctx.traceId, request, reply);
    };
  const draw = async (page: object, traceId: string, request: FastifyRequest, reply: FastifyReply) => {
    const { adcode, nameZh } = runtime.node;
    const { hostUnit, footer, mode } = runtime.config.node;
    const { status, html } = render({
      url: request.url,
      ...displayOf(request, reply),
      demo: mode === 'demo',
      node: { adcode, nameZh, hostUnit, footer },
      person: await personOf(request, sessions),
      traceId,
      page,
    });
    return reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html);
  };

  runtime.app.get(
    '/',
    show((_request, ctx, peers) => homePage(ctx, peers)),
  );
  for (const [path, kind] of Object.entries(LISTS))
    runtime.app.get(
      `/${path}`,
      show((request, ctx, peers) => listPage(request, ctx, peers, kind)),
    );
  runtime.app.get(
    '/records/:id',
    show((request, ctx, peers) => recordPage((request.params as { id: string }).id, ctx, peers)),
  );
  runtime.app.get(
    '/federation',
    show(async (_request, ctx, peers) => ({ name: 'federation', status: await peers.operations(ctx).federation.status() }), 'person'),
  );
  runtime.app.get('/*', (request, reply) => {
    if (!(request.headers.accept ?? '').includes('text/html'))
      throw new DomainError('ROUTE_UNKNOWN', `这里没有 ${request.url.split('?')[0]}`, { remedy: '接口见 /api/openapi.json' });
    return draw({ name: 'problem', status: 404, code: 'ROUTE_UNKNOWN' }, '', request, reply);
  });
}

async function signedIn(request: FastifyRequest, sessions: Sessions, home: string): Promise<{ actor: Actor; token: string } | undefined> {
  const id = request.cookies[sessions.cookie];
  const [claims, token] = id ? await Promise.all([sessions.claims(id), sessions.accessToken(id)]) : [];
  return claims && token ? { actor: actorFromClaims(claims, home), token } : undefined;
}

const PAGE_QUERY = ['q', 'kind', 'domain', 'region', 'stage', 'scenarioKind', 'origin', 'due', 'sort', 'cursor'] as const;

/** The address of a list page is forgiving: unknown names and values are left out, since people edit and share addresses. */
async function listPage(request: FastifyRequest, ctx: ServiceContext, peers: NodePeers, kind: Kind | null) {
  const asked = fromText(ListRecordsInput, request.query as Record<string, unknown>);
  const known = Object.fromEntries(
    PAGE_QUERY.flatMap((name) => {
      const value = Array.isArray(asked[name]) ? asked[name].filter((v) => v !== '') : asked[name];
      const ok = value !== '' && value !== undefined && ListRecordsInput.shape[name].safeParse(value).success;
      return ok ? [[name, value]] : [];
    }),
  );
  const query = ListRecordsInput.parse({ stage: [...VIEWED_STAGES], ...known, ...(kind ? { kind: [kind] } : {}) });
  const [list, vocabulary] = await Promise.all([peers.catalogue(ctx).records.list(query), peers.catalogue(ctx).vocabulary()]);
  const shown = ListRecordsInput.parse({ ...known, ...(kind ? { kind: [kind] } : {}) });
  return { name: 'list', kind, query: shown, list, vocabulary };
}

async function recordPage(id: string, ctx: ServiceContext, peers: NodePeers) {
  const records = peers.catalogue(ctx).records;
  const [record, history, vocabulary] = await Promise.all([
    records.get({ id }),
    records.history({ id }),
    peers.catalogue(ctx).vocabulary(),
  ]);
  return { name: 'record', record, history, vocabulary };
}
