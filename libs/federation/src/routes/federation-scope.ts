import { DomainError, forbiddenKeyIn, type ErrorCode, type z } from '@xiangjing/scenario-sdk';
import type { Queryable } from '@xiangjing/db';
import type { Logger } from '@xiangjing/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { verifyRequest, type Verified } from '../https/signed-request.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import type { RegistryNode } from '../registry/registry.ts';
import { writeRefusal, type RefusalRow } from '../watching/refusals.ts';
import { countFederationRequests } from '../watching/request-count.ts';
import { PREFIX } from '../wire.ts';

export interface ScopeOptions {
  /** Writes refusals. */
  pool: Queryable;
  adcode: string;
  registry: RegistryStore;
  clock: Clock;
  log: Logger;
}
export interface FederationScope {
  app: FastifyInstance;
  /** For this node's operator: one row a minute for the same refusal, so that a stranger cannot fill the table. */
  note(refusal: RefusalRow): Promise<void>;
  /** Who asks, or null after the one answer for unsigned, unknown, stale and "not yours" has been sent. */
  asker(request: FastifyRequest, reply: FastifyReply): Promise<RegistryNode | null>;
  /** Sends that answer where nobody is to blame: there is nothing of what was asked. */
  absent(reply: FastifyReply): null;
  /** Sends that answer, and notes the true reason for this node's operator. */
  notYours(reply: FastifyReply, refusal: Pick<RefusalRow, 'peer' | 'origin' | 'view' | 'message'> & { code: ErrorCode }): Promise<null>;
}

const MAX_BODY_BYTES = 8 * 1024 * 1024;
const REPEAT_MS = 60_000;

/** The same bytes for every reason: a stranger learns nothing of who takes part or what there is. */
const NOT_YOURS = JSON.stringify({
  type: 'urn:xiangjing:error:REQUEST_UNSIGNED',
  title: 'REQUEST_UNSIGNED',
  status: 404,
  detail: 'there is nothing at this address for whoever signed this request, or nobody known did',
  code: 'REQUEST_UNSIGNED',
  remedy:
    'sign with the key that the registry lists for your node, by the time in the Date header of this answer, and ask for a view you hold',
  errors: [],
});

/** Routes under /federation/v1: raw bodies, the server's time on every answer, each request counted and its signature checked. */
export function mountFederation(app: FastifyInstance, options: ScopeOptions, mount: (scope: FederationScope) => void): void {
  const { adcode, registry, clock } = options;
  const note = createRefusalNotes(options);
  countFederationRequests(app);
  void app.register(
    async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES }, (_request, body, done) =>
        done(null, body),
      );
      scope.addHook('onSend', (_request, reply, _payload, done) => {
        void reply.header('date', clock.now().toUTCString()); // the time of the answer: a long poll ends long after it was asked
        done();
      });
      const verify = (request: FastifyRequest): Promise<Verified<RegistryNode>> => {
        const { method, headers, body } = request;
        const signed = { method, path: request.raw.url!, headers, to: adcode, now: clock.now(), body: bodyOf(body) };
        return verifyRequest(signed, (node) => registry.node(node));
      };
      const absent: FederationScope['absent'] = (reply) => {
        void reply.code(404).header('content-type', 'application/problem+json; charset=utf-8').send(NOT_YOURS);
        return null;
      };
      const notYours: FederationScope['notYours'] = async (reply, refusal) => {
        await note({ ...refusal, remedy: remedyOf(refusal.code) });
        return absent(reply);
      };
      mount({
        app: scope,
        note,
        absent,
        notYours,
        async asker(request, reply) {
          let verified = await verify(request);
          if (!verified.ok && verified.code === 'REQUEST_UNSIGNED' && verified.reason !== 'without signature') {
            await registry.refresh(); // the node may have joined through another process
            verified = await verify(request);
          }
          if (verified.ok) return verified.node;
          const message = `${request.method} ${request.routeOptions.url}: ${verified.reason}`;
          return notYours(reply, { peer: verified.claimed, origin: null, view: null, code: verified.code, message });
        },
      });
    },
    { prefix: PREFIX },
  );
}

const bodyOf = (body: unknown): Buffer => (Buffer.isBuffer(body) ? body : Buffer.alloc(0));

const remedyOf = (code: ErrorCode): string =>
  code === 'REPLAY'
    ? 'the clock of that node is off, or somebody repeats its requests: check its time service'
    : 'nothing was answered; if that node takes part, compare its key with the registry';

function createRefusalNotes({ pool, clock, log }: ScopeOptions): (row: RefusalRow) => Promise<void> {
  const noted = new Map<string, number>();
  return async (row) => {
    const key = [row.peer, row.origin, row.view, row.code].join(' ');
    const now = clock.now().getTime();
    if (Math.abs(now - (noted.get(key) ?? Number.NEGATIVE_INFINITY)) < REPEAT_MS) return;
    if (noted.size > 1_000) noted.clear();
    noted.set(key, now);
    log.warn({ ...row }, 'a federation request was refused');
    await writeRefusal(pool, row);
  };
}

/** The body of a request that was verified as bytes. */
export function readBody<T>(schema: z.ZodType<T>, body: unknown): T {
  let value: unknown;
  try {
    value = JSON.parse(bodyOf(body).toString('utf8'));
  } catch {
    throw new DomainError('BODY_MALFORMED', 'the body is no JSON', { remedy: 'send JSON in UTF-8' });
  }
  const forbidden = forbiddenKeyIn(value);
  if (forbidden !== undefined) throw new DomainError('FORBIDDEN_KEY', `the key ${forbidden} is not allowed`, { remedy: 'leave it out' });
  return readInput(schema, value);
}

export function readInput<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new DomainError('INPUT_INVALID', `/${path.join('/')}: ${message}`, { remedy: 'send what wire generation 1 says' });
}
