import { z } from '@xiangjing/scenario-sdk';
import { BUCKETS } from '../core/set-digest.ts';
import { DigestAnswer, Position, WireEvent } from '../wire.ts';

/** Bodies of comparisons: GET where a city asks the province, POST where a city answers what the province wants to know. */

/** Items in one answer or body, about 400 KB; records asked for at once. */
export const MAX_ITEMS = 2_000;
export const MAX_IDS = 50;

const Origin = DigestAnswer.shape.origin;
const ViewName = DigestAnswer.shape.view;
/** As the columns hold them: `integer`, and `bigint`, which is wider than any whole number of JSON. */
const Epoch = z.number().int().positive().max(2_147_483_647);
const At = Position.omit({ digest: true }).extend({ origin: Origin, view: ViewName, epoch: Epoch });
const BucketNumber = z.coerce
  .number()
  .int()
  .min(0)
  .max(BUCKETS - 1);
/** A fact and a record have names below 100; an unknown kind of event may have a longer one. */
export const Subject = z
  .string()
  .max(200)
  .refine((text) => !text.includes('\0'), 'no text that a column takes');

/** The sum of fingerprints is below 2^60, more than a JSON number can be trusted with. */
export const WireBucket = z.object({ bucket: BucketNumber, count: z.number().int().positive(), sum: z.string().regex(/^\d{1,19}$/) });
export const WireItem = z.object({ id: Subject, rev: z.number().int().min(0), digest: z.string().max(64) });
/** Where the event stands in its feed; its own bytes must say the same. */
export const PlacedEvent = WireEvent.extend({ epoch: Epoch, seq: z.number().int().positive() });
export type PlacedEvent = z.infer<typeof PlacedEvent>;

export const SentDigest = DigestAnswer.extend({ epoch: Epoch, buckets: z.array(WireBucket).max(BUCKETS).optional() });
/** Everything the feed has in these buckets with an id above `after`, up to and with `upTo` (null: to the end). */
export const SentItems = At.extend({ items: z.array(WireItem).max(MAX_ITEMS), after: Subject, upTo: Subject.nullable() });
export type SentItems = z.infer<typeof SentItems>;
const Events = z.object({ events: z.array(PlacedEvent).max(MAX_IDS) });
/** `rest`: what did not fit in this answer, to be asked for again. */
export const SentEvents = Events.extend({ rest: z.array(Subject).max(MAX_IDS) });

export const DigestPost = At.extend({ buckets: z.array(WireBucket).max(BUCKETS) });
/** `level`: both stand at the same event; else nothing was compared and the question stays open. */
export const DigestVerdict = z.object({ level: z.boolean(), buckets: z.array(BucketNumber).max(BUCKETS) });
export const ItemsPost = SentItems.extend({ buckets: z.array(BucketNumber).min(1).max(BUCKETS) });
export const ItemsVerdict = z.object({ ids: z.array(Subject).max(MAX_ITEMS) });
export const EventsPost = Events.extend({ origin: Origin, view: ViewName });
export const EventsVerdict = z.object({ repaired: z.number().int(), refused: z.number().int() });
