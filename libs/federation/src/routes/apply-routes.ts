import { DomainError, WIRE_GENERATION } from '@xiangjing/scenario-sdk';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Applier, ApplierOptions } from '../apply/applier.ts';
import type { ApplyOutcome, ArrivedBatch } from '../apply/receive-batch.ts';
import { createTurns } from '../apply/turns.ts';
import { createHeldFeeds, type HeldFeeds } from '../comparison/held-feeds.ts';
import { admitNode, JoinRequest } from '../registry/join.ts';
import { loadRootKey } from '../registry/keys.ts';
import { isProvince, PUSHED_VIEWS } from '../views.ts';
import { createPeerNodes } from '../watching/peer-nodes.ts';
import { PushRequest, type PushAnswer, type Want } from '../wire.ts';
import { takeComparison } from './compare-routes.ts';
import { mountFederation, readBody, type FederationScope } from './federation-scope.ts';

export interface ApplyRoutesOptions extends ApplierOptions {
  applier: Applier;
  /** The steps of a comparison that a city posts, of the same `createComparisons` whose `wants` asked for it. */
  held?: HeldFeeds;
  /** Where the root key lies, at the province. */
  rootKeyDir?: string;
  /** The feed comes by the log of topics, and nothing of it is missing: its city may rest HTTPS. */
  readsLog?(feed: { origin: string; view: string }): boolean;
  /** What this node asks the city for with the answer to its push. */
  wants?(origin: string, view: string): Want | null;
  /** What this node says of itself with its answers. */
  release?: string;
}

/** POST feed and join under /federation/v1, at the province. A city is never pushed to and answers nothing. */
export function applyRoutes(options: ApplyRoutesOptions): (app: FastifyInstance) => void {
  const { pool, adcode, registry, clock, applier, rootKeyDir, release } = options;
  const peers = createPeerNodes(pool, options.log);
  const inTurn = createTurns();

  /** Events to take, or none: the heartbeat. The answer names the cursor that the sender goes on from. */
  async function postFeed({ asker, notYours }: FederationScope, request: FastifyRequest, reply: FastifyReply) {
    const node = await asker(request, reply);
    if (!node) return reply;
    const push = readBody(PushRequest, request.body);
    const { origin, view } = push;
    if (!isProvince(adcode) || node.adcode !== origin || origin === adcode || !PUSHED_VIEWS.some((pushed) => pushed === view)) {
      const message = `${node.adcode} pushed ${origin}/${view}, which is not for it to push here`;
      await notYours(reply, { peer: node.adcode, origin, view, code: 'CROSS_NODE', message });
      return reply;
    }
    const batch: ArrivedBatch = { ...push, road: 'https', headSeq: push.head.seq, heardAt: clock.now(), peer: node.adcode, mark: null };
    const outcome = await inTurn(() => applier.apply(batch));
    if (push.release !== undefined && push.wireGeneration !== undefined)
      await peers.note({ adcode: origin, release: push.release, wireGeneration: push.wireGeneration, heardAt: clock.now() });
    return outcome.fault ? conflict(reply, outcome) : answerTo(push, outcome);
  }

  function answerTo({ origin, view }: PushRequest, { cursor, applied }: ApplyOutcome): PushAnswer {
    const want = options.wants?.(origin, view);
    return {
      cursor,
      applied,
      now: clock.now().toISOString(),
      registryVersion: registry.current()?.version ?? 0,
      readsLog: options.readsLog?.({ origin, view }) ?? false,
      ...(want ? { want } : {}),
      ...(release === undefined ? {} : { release, wireGeneration: WIRE_GENERATION }),
    };
  }

  async function postJoin({ note, notYours }: FederationScope, request: FastifyRequest, reply: FastifyReply) {
    if (!rootKeyDir) {
      await notYours(reply, {
        peer: null,
        origin: null,
        view: null,
        code: 'REQUEST_UNSIGNED',
        message: 'a join was sent to a node that keeps no registry',
      });
      return reply;
    }
    const join = readBody(JoinRequest, request.body);
    try {
      const signed = await admitNode(pool, await loadRootKey(rootKeyDir, adcode), join, clock);
      await registry.accept(signed);
      return { registry: signed };
    } catch (error) {
      if (error instanceof DomainError && error.code === 'INVITATION_INVALID') {
        const { code, message, remedy } = error;
        await note({ peer: null, origin: null, view: null, code, message: `join as ${join.adcode}: ${message}`, remedy });
      }
      throw error;
    }
  }

  return (app) =>
    mountFederation(app, options, (scope) => {
      scope.app.post('/feed', (request, reply) => postFeed(scope, request, reply));
      scope.app.post('/join', (request, reply) => postJoin(scope, request, reply));
      takeComparison(scope, adcode, options.held ?? createHeldFeeds(options));
    });
}

function conflict(reply: FastifyReply, { fault, cursor }: ApplyOutcome) {
  const { code, message, remedy } = fault!;
  void reply.code(409).header('content-type', 'application/problem+json; charset=utf-8');
  return reply.send(
    JSON.stringify({ type: `urn:xiangjing:error:${code}`, title: code, status: 409, detail: message, code, remedy, errors: [], cursor }),
  );
}
