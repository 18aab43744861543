import { actorFromClaims, type Actor } from '@xiangjing/authorization';
import { createTokenVerifier, type TokenVerifier } from '@xiangjing/platform';
import type { NodeConfig } from '../config.ts';

/** The issuer of this node: the configured one, or the demo realm on the node's own port. */
export const issuerOf = ({ node, http, identity }: NodeConfig): string =>
  identity.issuer ?? `${http.publicUrl}/realms/xiangjing-${node.adcode}`;
export const audienceOf = ({ node, identity }: NodeConfig): string => identity.audience ?? `xiangjing-${node.adcode}`;

/** The one verifier of this process; its keys can be dropped. */
export function nodeVerifier(config: NodeConfig, clock: { now(): Date }): TokenVerifier {
  return createTokenVerifier({ issuer: issuerOf(config), audience: audienceOf(config), clock });
}

/** Who calls: nobody without a bearer token; a token that is there must be good. */
export async function actorOf(
  authorization: string | undefined,
  { verifier, home }: { verifier: TokenVerifier; home: string },
): Promise<{ actor: Actor; token?: string }> {
  const [scheme, token] = authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'bearer' || !token) return { actor: { type: 'anonymous' } };
  return { actor: actorFromClaims(await verifier.verify(token), home), token };
}
