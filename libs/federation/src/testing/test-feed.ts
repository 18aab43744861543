import { recordId } from '@xiangjing/scenario-sdk';
import { append, genesis, type FeedPosition } from '../core/feed.ts';
import { eventBytes, retractedEvent } from '../egress/event-bytes.ts';
import type { OutgoingPage } from '../event-log.ts';
import type { Signer } from '../registry/keys.ts';
import type { WireEvent } from '../wire.ts';
import { uuidv7 } from './test-records.ts';

/** A feed as its origin's table would hold it. */
export class TestFeed {
  readonly events: WireEvent[] = [];
  readonly positions: FeedPosition[];
  readonly origin: string;
  readonly view: string;
  readonly #signer: Signer;
  constructor(signer: Signer, view = 'peer') {
    this.#signer = signer;
    this.origin = signer.adcode;
    this.view = view;
    this.positions = [genesis(this.origin, view)];
  }
  get head(): FeedPosition {
    return this.positions.at(-1)!;
  }
  grow(count: number): this {
    for (let i = 0; i < count; i += 1) {
      const id = recordId(this.origin, 'opportunity', uuidv7());
      const content = retractedEvent({ id, kind: 'opportunity', rev: 1, reason: 'withdrawn' });
      const place = { origin: this.origin, view: this.view as 'peer', time: new Date(), traceparent: undefined };
      const { position, bytes } = append(this.head, (at) => eventBytes(content, { ...place, ...at }));
      this.events.push({ bytes: bytes.toString('base64'), signature: this.#signer.sign(bytes) });
      this.positions.push(position);
    }
    return this;
  }
  page(from: number, count = 500): OutgoingPage {
    const { epoch, digest: prev } = this.positions[from]!;
    return { origin: this.origin, view: this.view, epoch, from, prev, events: this.events.slice(from, from + count), head: this.head };
  }
}
