import { notify } from '@xiangjing/db';
import { createProvinceClient } from '@xiangjing/federation';
import { PROVINCE } from '@xiangjing/scenario-sdk';
import { createPeers, catalogueRouter, operationsRouter, type ServiceContext } from '@xiangjing/services';
import { currentTraceId } from '@xiangjing/platform';
import type { Actor } from '@xiangjing/authorization';
import type { FastifyRequest } from 'fastify';
import type { Runtime } from '../runtime.ts';
import { actorOf } from './actor.ts';
import type { MakeContext } from './rest.ts';

/** Typed callers of this node's services, in this process or in another. */
export function peersOf({ config, targets }: Pick<Runtime, 'config' | 'targets'>) {
  const at = (service: 'catalogue' | 'operations') =>
    targets.includes(service) || !config.peers[service] ? {} : { url: `${config.peers[service]}/trpc`, branch: service };
  return createPeers({
    catalogue: { router: catalogueRouter, ...at('catalogue') },
    operations: { router: operationsRouter, ...at('operations') },
  });
}
export type NodePeers = ReturnType<typeof peersOf>;

/** Builds the one context object of a call from its request. */
export function contextMaker(runtime: Runtime): { make: MakeContext; as(actor: Actor, more: Partial<ServiceContext>): ServiceContext } {
  const verified = { verifier: runtime.verifier, home: runtime.node.adcode };
  const peers = peersOf(runtime);
  const wakeEgress = wakeUp(runtime);
  const province = runtime.node.adcode === PROVINCE ? {} : { province: createProvinceClient(runtime) };
  const as = (actor: Actor, more: Partial<ServiceContext>): ServiceContext => ({
    node: runtime.node,
    actor,
    db: runtime.db,
    clock: runtime.clock,
    peers,
    log: runtime.log,
    plugins: runtime.plugins,
    channel: 'page',
    traceId: currentTraceId() ?? crypto.randomUUID(),
    wakeEgress,
    ...province,
    ...more,
  });
  const make: MakeContext = async (req: FastifyRequest, channel) => {
    const { actor, token } = await actorOf(req.headers.authorization, verified);
    const key = req.headers['idempotency-key'];
    return as(actor, { channel, ...(token ? { token } : {}), ...(typeof key === 'string' ? { idempotencyKey: key } : {}) });
  };
  return { make, as };
}

/** One coalesced NOTIFY after commits: the lock it takes is instance-wide, so it never stands in a business transaction. */
function wakeUp(runtime: Runtime): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setImmediate(() => {
      waiting = false;
      notify(runtime.pool('app'), 'xiangjing_intent').catch((err: unknown) => runtime.log.debug({ err }, 'no wake-up; egress polls'));
    });
  };
}
