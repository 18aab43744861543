import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

export interface ExchangeLimits {
  timeoutMs: number;
  maxBytes?: number;
}

/**
 * For a library that makes one request by `node:http` at once when called, and then trusts the other side: it waits for ever, and
 * parses the answer where an exception ends the process. Here its request is caught as it is made: the library gets its response only
 * after it has been read whole, in time, within bounds, and, if it is a good one, proved to be a JSON object.
 */
export async function guardedExchange<T>(call: () => Promise<T>, { timeoutMs, maxBytes = 256 * 1024 }: ExchangeLimits): Promise<T> {
  const broken = Promise.withResolvers<never>();
  const caught: ClientRequest[] = [];
  const hold = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    caught.push(request);
    const listeners = request.listeners('response') as ((response: Readable) => void)[];
    request.removeAllListeners('response');
    request.once('response', (response: IncomingMessage) => {
      readWhole(response, maxBytes).then(
        (whole) => listeners.forEach((listener) => listener.call(request, whole)),
        (error: unknown) => broken.reject(error),
      );
    });
  };
  subscribe('http.client.request.created', hold);
  let answer: Promise<T>;
  try {
    answer = call();
  } finally {
    unsubscribe('http.client.request.created', hold);
  }
  const deadline = setTimeout(() => broken.reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  try {
    return await Promise.race([answer, broken.promise]);
  } finally {
    clearTimeout(deadline);
    answer.catch(() => undefined);
    for (const request of caught) if (!request.destroyed) request.destroy();
  }
}

async function readWhole(response: IncomingMessage, maxBytes: number): Promise<Readable> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new Error(`the answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const { statusCode = 0 } = response;
  if (statusCode >= 200 && statusCode < 300) refuseAllButObject(body.toString('utf8'));
  return Object.assign(Readable.from(body.length === 0 ? [] : [body]), { statusCode });
}

function refuseAllButObject(text: string): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // told below, without the text
  }
  if (typeof value !== 'object' || value === null) throw new Error('the answer is not a JSON object');
}
