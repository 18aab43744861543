import { digestOf } from '../core/feed.ts';
import type { Signer } from '../registry/keys.ts';
import { signatureFault, type VerifyingKey } from '../registry/signature.ts';

/** How far the time of a request may lie from the receiver's. */
export const REQUEST_WINDOW_MS = 5 * 60_000;
const HEADERS = { node: 'federation-node', time: 'federation-time', signature: 'federation-signature' } as const;

export interface RequestToSign {
  method: string;
  /** Path and query as sent. */
  path: string;
  body?: Uint8Array | string;
  /** The node asked, so that a request cannot be shown to another. */
  to: string;
}

const signedText = (request: RequestToSign, time: string): Buffer =>
  Buffer.from(['xiangjing request 1', request.to, request.method, request.path, digestOf(request.body ?? ''), time].join('\n'));

/**
 * Headers that prove who asks. No nonce: a repeated GET reads the same, and a repeated POST finds the cursor moved on.
 * `at` is the asking node's time, or the province's where its own clock is off.
 */
export function signRequest(signer: Signer, request: RequestToSign, at: Date): Record<string, string> {
  const time = at.toISOString();
  return { [HEADERS.node]: signer.adcode, [HEADERS.time]: time, [HEADERS.signature]: signer.sign(signedText(request, time)) };
}

export type Verified<Node> =
  { ok: true; node: Node } | { ok: false; code: 'REQUEST_UNSIGNED' | 'REPLAY'; reason: string; claimed: string | null };

export interface RequestToVerify extends RequestToSign {
  headers: Record<string, string | string[] | undefined>;
  now: Date;
}

/** Who signed the request. The answer to the asker is the same for every refusal; the reason is for this node's operator. */
export async function verifyRequest<Node extends { keys: readonly VerifyingKey[] }>(
  request: RequestToVerify,
  nodeOf: (adcode: string) => Node | undefined,
): Promise<Verified<Node>> {
  const [adcode, time, signature] = [HEADERS.node, HEADERS.time, HEADERS.signature].map((name) => request.headers[name]);
  if (typeof adcode !== 'string' || typeof time !== 'string' || typeof signature !== 'string')
    return { ok: false, code: 'REQUEST_UNSIGNED', reason: 'without signature', claimed: null };
  const node = nodeOf(adcode);
  if (!node) return { ok: false, code: 'REQUEST_UNSIGNED', reason: 'by a node that the registry does not list', claimed: null };
  const fault = await signatureFault(signedText(request, time), signature, node.keys, request.now);
  if (fault) return { ok: false, code: 'REQUEST_UNSIGNED', reason: `signature ${fault}`, claimed: adcode };
  const offMs = new Date(time).getTime() - request.now.getTime();
  if (!(Math.abs(offMs) <= REQUEST_WINDOW_MS))
    return { ok: false, code: 'REPLAY', reason: `signed ${Math.round(offMs / 1000)} s away from this node's time`, claimed: adcode };
  return { ok: true, node };
}
