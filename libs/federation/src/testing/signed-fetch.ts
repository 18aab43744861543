import { signRequest } from '../https/signed-request.ts';
import type { Signer } from '../registry/keys.ts';
import { PROVINCE, type TestNode } from './test-federation.ts';

export interface RawRequest {
  method?: 'GET' | 'POST';
  path: string;
  body?: unknown;
  signer?: Signer;
  at?: Date;
  to?: string;
  /** Sent in place of the body that was signed. */
  sentBody?: string;
}

/** One request to a node as a city's process would make it, or as somebody who should not would. */
export async function rawRequest(node: TestNode, request: RawRequest) {
  const { method = 'GET', path, signer, at = new Date(), to = PROVINCE } = request;
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const response = await fetch(new URL(path, node.url), {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(signer ? signRequest(signer, { method, path, to, body: body ?? '' }, at) : {}),
    },
    ...(body === undefined ? {} : { body: request.sentBody ?? body }),
  });
  const text = await response.text();
  return { status: response.status, date: response.headers.get('date'), text, json: JSON.parse(text) as Record<string, unknown> };
}
