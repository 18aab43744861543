import { z, type DomainError } from '@xiangjing/scenario-sdk';
import type { Applier } from '../apply/applier.ts';
import { createHttpsEventLog } from '../https/https-event-log.ts';
import { createProvinceClient } from '../https/province-client.ts';
import { SignedRegistry } from '../registry/registry.ts';
import { createSerial } from '../serial.ts';
import { writeRefusal } from '../watching/refusals.ts';
import { PREFIX } from '../wire.ts';
import { createFeedReader } from './feed-reader.ts';
import type { Link, LinkOptions } from './link.ts';
import { createLogFollower } from './log-follower.ts';

export interface PullLinkOptions extends LinkOptions {
  applier: Applier;
  longPollMs?: number;
}

const TIMEOUT_MS = 15_000;
const RegistryAnswer = z.object({ registry: SignedRegistry.nullable() });

/**
 * A city's reading of the province's `down`, of the other cities' `peer` and of the registry: by one long poll for all, or, with a
 * log of topics, from there, while HTTPS is asked for heads and the registry, and for events of feeds that are late.
 */
export function createPullLink(options: PullLinkOptions): Link {
  const { pool, registry, clock, log, kafka } = options;
  const client = createProvinceClient(options);
  const reader = createFeedReader(options);
  const refused = createRefusalNote();
  const https = createHttpsEventLog({ ...options, client, clock, log, onRegistry: pullRegistry, onRefusal: refused });
  const follower = kafka && createLogFollower(options, { reader, kafka, onTurned: https.wake });
  const serially = createSerial();
  const stopping = new AbortController();
  let following: Promise<void> | undefined;

  async function pullRegistry(offered: number, signal?: AbortSignal): Promise<void> {
    const version = registry.current()?.version ?? 0;
    if (offered <= version) return;
    const path = `${PREFIX}/registry?version=${version}`;
    const { status, body } = await client.ask({ method: 'GET', path, timeoutMs: TIMEOUT_MS, ...(signal ? { signal } : {}) });
    if (status !== 200) return; // the next answer offers it again
    const { registry: newer } = RegistryAnswer.parse(body);
    if (newer) await registry.accept(newer);
  }

  /** One row for a refusal that repeats itself. */
  function createRefusalNote(): (refusal: DomainError | null) => Promise<void> {
    let last: string | null = null;
    return async (refusal) => {
      if (refusal && refusal.code !== 'UPSTREAM_UNAVAILABLE' && last !== refusal.code) {
        const { code, message, remedy } = refusal;
        await writeRefusal(pool, { peer: registry.trust()?.province ?? null, origin: null, view: null, code, message, remedy });
      }
      last = refusal?.code ?? null;
    };
  }

  return {
    async start() {
      follower?.start();
      following ??= https.follow(reader.source('https'), stopping.signal);
    },
    async drain() {
      await registry.refresh();
      const before = reader.taken();
      while ((await serially(() => https.read(reader.source('https'), 0))) > 0);
      return reader.taken() - before;
    },
    async stop() {
      stopping.abort();
      await Promise.all([following, follower?.stop()]);
      await https.close();
    },
  };
}
