import type { IncomingMessage } from 'node:http';

const AT_MOST_MS = 2_000;

/**
 * Reads what is left of a refused body and keeps nothing of it. Closed on what it still sends, a client meets a broken connection
 * and never the answer that says why (RFC 9112, section 9.6). A body that does not end soon is not waited for.
 */
export function restOfBody(request: IncomingMessage, atMostMs: number = AT_MOST_MS): Promise<void> {
  if (request.complete) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, atMostMs);
    const over = () => {
      clearTimeout(timer);
      resolve();
    };
    for (const event of ['end', 'close', 'error'] as const) request.once(event, over);
    request.resume();
  });
}
