import { DomainError, type z } from '@xiangjing/scenario-sdk';
import { refusalOf, type ProvinceClient } from '../https/province-client.ts';
import { PREFIX } from '../wire.ts';
import type { Feed } from './feed-buckets.ts';
import type { HeldFeeds } from './held-feeds.ts';
import { MAX_IDS, SentDigest, SentEvents, SentItems } from './wire-compare.ts';

export interface FeedComparison extends Feed {
  /** Null: nothing was compared, for the two sides did not stand at the same event. */
  equal: boolean | null;
  repaired: number;
  refused: number;
  unknown: number;
}

const TIMEOUT_MS = 30_000;
/** The feed may move between the two looks; after so many it is left for another time. */
const LOOKS = 3;

/** A city compares one feed that it reads with what the province has of it, and mends what differs. */
export async function compareFeed(client: ProvinceClient, held: HeldFeeds, feed: Feed, signal?: AbortSignal): Promise<FeedComparison> {
  const ask = async <T>(path: string, query: [string, string][], schema: z.ZodType<T>): Promise<T> => {
    const params = new URLSearchParams([['origin', feed.origin], ['view', feed.view], ...query]); // prettier-ignore
    const request = { method: 'GET' as const, path: `${PREFIX}/${path}?${params.toString()}`, timeoutMs: TIMEOUT_MS };
    const answer = await client.ask({ ...request, ...(signal ? { signal } : {}) });
    if (answer.status !== 200) throw refusalOf(answer);
    return schema.parse(answer.body);
  };
  const found: FeedComparison = { ...feed, equal: null, repaired: 0, refused: 0, unknown: 0 };
  const buckets = await lookAt(held, () => ask('digest', [['buckets', 'true']], SentDigest), feed);
  if (!buckets) return found;
  found.equal = buckets.length === 0;
  for (let after = ''; buckets.length > 0;) {
    const part = await ask('items', [...buckets.map((b): [string, string] => ['bucket', String(b)]), ['after', after]], SentItems);
    const { wanted, unknown } = await held.judgeItems({ ...part, ...feed, after, buckets });
    found.unknown += unknown.length;
    for (let at = 0; at < wanted.length; at += MAX_IDS) {
      for (let ids = wanted.slice(at, at + MAX_IDS); ids.length > 0;) {
        const { events, rest } = await ask('events', ids.map((id): [string, string] => ['id', id]), SentEvents); // prettier-ignore
        const { repaired, refused } = await held.repair(feed, events);
        found.repaired += repaired;
        found.refused += refused;
        ids = rest.length < ids.length ? ids.filter((id) => rest.includes(id)) : [];
      }
    }
    if (part.upTo === null) break;
    if (Buffer.compare(Buffer.from(part.upTo), Buffer.from(after)) <= 0) throw outOfOrder(feed);
    after = part.upTo;
  }
  return found;
}

async function lookAt(held: HeldFeeds, askDigest: () => Promise<z.infer<typeof SentDigest>>, feed: Feed): Promise<number[] | null> {
  for (let look = 0; look < LOOKS; look += 1) {
    const { buckets, ...sent } = await askDigest();
    if (!buckets) return null; // an older release answers without
    const verdict = await held.judgeDigest({ ...sent, ...feed, buckets });
    if (verdict.level) return verdict.buckets;
  }
  return null;
}

const outOfOrder = ({ origin, view }: Feed) =>
  new DomainError('UPSTREAM_UNAVAILABLE', `the province lists ${origin}/${view} in no order`, {
    remedy: 'nothing was changed; ask the operator of the province what serves its feeds',
  });
