import type { FastifyReply } from 'fastify';
import type { RegistryNode } from '../registry/registry.ts';
import { isProvince, isRelayed, ownViews } from '../views.ts';
import type { FederationScope } from './federation-scope.ts';

interface Feed {
  origin: string;
  view: string;
}

/** Whether this node serves that feed, and to that node: its own `down` and, as received, other cities' `peer`. */
export const mayRead = (adcode: string, node: RegistryNode, { origin, view }: Feed): boolean =>
  isProvince(adcode) &&
  origin !== node.adcode &&
  node.views.some((held) => held === view) &&
  (origin === adcode ? ownViews(adcode).some((own) => own === view) : isRelayed(adcode, view));

export async function refuseView(
  notYours: FederationScope['notYours'],
  reply: FastifyReply,
  node: RegistryNode,
  { origin, view }: Feed,
): Promise<FastifyReply> {
  const message = `${node.adcode} asked for ${origin}/${view}, which it does not hold`;
  await notYours(reply, { peer: node.adcode, origin, view, code: 'CROSS_NODE', message });
  return reply;
}
