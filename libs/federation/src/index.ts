import type { Meter, Tracer } from '@opentelemetry/api';
import type { FieldDirectory, Issue, Kind, ProjectedDocument, RecordDocument, View } from '@xiangjing/scenario-sdk';
import type { FastifyInstance } from 'fastify';
import type { Logger } from '@xiangjing/platform';
import type pg from 'pg';

// Signatures first; the bodies follow in files of their own.
export interface Clock {
  now(): Date;
}
/** A pg pool or client, or anything that runs SQL as they do. */
export interface Queryable {
  query<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<{ rows: R[] }>;
}
/** What is known of the fields of a record of this kind in this domain (`''`: none known); the plug-in host has it. */
export type FieldsOf = (kind: Kind, domain: string) => FieldDirectory;

// ── keys and signatures ────────────────────────────────────────────────────────────────────────────────────────────
export interface Signer {
  adcode: string;
  kid: string;
  /** Raw Ed25519 public key, base64url. */
  publicKey: string;
  /** Detached JWS with unencoded payload (RFC 7797): `<protected>..<signature>`. */
  sign(bytes: Uint8Array): string;
}
/** Makes `<dir>/node.key` (0600); refuses if there is one. */
export declare function createNodeKey(dir: string, adcode: string): Promise<Signer>;
export declare function loadNodeKey(dir: string, adcode: string): Promise<Signer>;
/** The key of this node: loaded, or made on first use. */
export declare function ensureNodeKey(dir: string, adcode: string): Promise<Signer>;

// ── registry ───────────────────────────────────────────────────────────────────────────────────────────────────────
export interface RegistryKey {
  kid: string;
  alg: 'EdDSA';
  publicKey: string;
  notBefore: string;
  notAfter: string;
}
export interface RegistryNode {
  adcode: string;
  nameZh: string;
  url: string | null;
  keys: RegistryKey[];
  /** Views this node may read. */
  views: View[];
  release: string;
}
export interface RegistryDocument {
  version: number;
  issuedAt: string;
  nodes: RegistryNode[];
}
export interface SignedRegistry {
  /** Canonical JSON of the document, as signed. */
  bytes: string;
  signature: string;
}
/** Where the province is and which root key vouches for the registry: `<dir>/federation.json`. */
export interface Trust {
  provinceUrl: string;
  province: string;
  root: { kid: string; publicKey: string };
}
export interface RegistryStore {
  /** Null until the node has joined. */
  trust(): Trust | null;
  current(): RegistryDocument | null;
  signed(): SignedRegistry | null;
  node(adcode: string): RegistryNode | undefined;
  /** Reads again what is stored (another process may have written); at most once a second. */
  refresh(): Promise<void>;
  /** Verifies against the root key, stores if newer: REGISTRY_INVALID otherwise. */
  accept(signed: SignedRegistry): Promise<RegistryDocument>;
}
/** `pool`: any of the node's logins; `accept` needs app or apply. */
export declare function openRegistry(options: { pool: Queryable; dataDir: string; clock: Clock }): Promise<RegistryStore>;
/** At the province, once: makes root key and node key, signs version 1 with itself. `pool`: app. */
export declare function initRegistry(options: {
  pool: Queryable;
  dataDir: string;
  adcode: string;
  nameZh: string;
  url: string;
  release: string;
  clock: Clock;
}): Promise<RegistryDocument>;
/** At the province: one line of text for the city's IT. `pool`: app. */
export declare function createInvitation(options: {
  pool: Queryable;
  dataDir: string;
  adcode: string;
  ttlMs: number;
  clock: Clock;
}): Promise<{ invitation: string; expiresAt: Date; rootKeyFingerprint: string }>;
/** At the city: makes the key on the node, joins, verifies and stores the registry. `pool`: app. */
export declare function joinFederation(options: {
  pool: Queryable;
  invitation: string;
  dataDir: string;
  adcode: string;
  nameZh: string;
  release: string;
  clock: Clock;
  fetch?: typeof fetch;
}): Promise<RegistryDocument>;

// ── egress ─────────────────────────────────────────────────────────────────────────────────────────────────────────
export type Project = (
  doc: RecordDocument,
  view: View,
  using: { fields: FieldDirectory; descriptor: string | null },
) => ProjectedDocument | null;
export type Guard = (sent: { bytes: Buffer; view: View; record: RecordDocument; fields: FieldDirectory }) => Issue[];
export interface EgressOptions {
  /** The egress login. */
  pool: pg.Pool;
  adcode: string;
  signer: Signer;
  fields: FieldsOf;
  descriptorDigest(domain: string): string | null;
  clock: Clock;
  log: Logger;
  meter: Meter;
  tracer: Tracer;
  project?: Project;
  guard?: Guard;
  /** A text that must never leave was found: its name, else null. */
  scan?(text: string): string | null;
}
export interface EgressWorker {
  start(): Promise<void>;
  /** In-process signal that an intent was committed. */
  wake(): void;
  /** Works until no intent is left; how many it worked off. */
  drain(): Promise<number>;
  /** Judges blocked events anew; how many got through. Also done at start. */
  retryBlocked(): Promise<number>;
  stop(): Promise<void>;
}
export declare function createEgressWorker(options: EgressOptions): EgressWorker;

// ── apply ──────────────────────────────────────────────────────────────────────────────────────────────────────────
export interface WireEvent {
  /** The event's bytes as the origin signed them, base64. */
  bytes: string;
  signature: string;
}
export interface FeedPosition {
  epoch: number;
  seq: number;
  digest: string;
}
export interface ArrivedBatch {
  origin: string;
  view: string;
  epoch: number;
  from: number;
  prev: string;
  events: WireEvent[];
  /** The origin's head as far as the carrier knows it. */
  headSeq: number;
  heardAt: Date;
  /** Who handed it over. */
  peer: string;
}
export interface ApplyOutcome {
  cursor: FeedPosition;
  applied: number;
  /** Set when the feed stands still: what is wrong with the event after the cursor. */
  fault: { code: string; message: string; remedy: string } | null;
}
export interface Applier {
  apply(batch: ArrivedBatch): Promise<ApplyOutcome>;
}
export interface ApplierOptions {
  /** The apply login. */
  pool: pg.Pool;
  adcode: string;
  registry: RegistryStore;
  fields: FieldsOf;
  clock: Clock;
  log: Logger;
  meter: Meter;
  tracer: Tracer;
}
export declare function createApplier(options: ApplierOptions): Applier;

// ── routes and links ───────────────────────────────────────────────────────────────────────────────────────────────
export interface PublisherRoutesOptions {
  /** The publisher login. */
  pool: pg.Pool;
  adcode: string;
  registry: RegistryStore;
  clock: Clock;
  log: Logger;
  meter: Meter;
  longPollMs?: number;
}
/** GET feed, digest and registry under /federation/v1. `close` ends waiting long polls. */
export declare function publisherRoutes(options: PublisherRoutesOptions): (app: FastifyInstance) => void;
/** POST feed and join under /federation/v1; `rootKeyDir` at the province only. */
export declare function applyRoutes(options: ApplierOptions & { applier: Applier; rootKeyDir?: string }): (app: FastifyInstance) => void;
export interface LinkOptions {
  pool: pg.Pool;
  adcode: string;
  signer: Signer;
  registry: RegistryStore;
  clock: Clock;
  log: Logger;
  meter: Meter;
  tracer: Tracer;
  fetch?: typeof fetch;
  random?: () => number;
}
export interface Link {
  start(): Promise<void>;
  /** One exchange until nothing is left to carry; how many events went over. */
  drain(): Promise<number>;
  stop(): Promise<void>;
}
/** A city's push of `up` and `peer` to the province. `pool`: publisher. */
export declare function createPushLink(options: LinkOptions & { heartbeatMs?: number }): Link;
/** A city's pull of `down`, of the others' `peer` and of the registry. `pool`: apply. */
export declare function createPullLink(options: LinkOptions & { applier: Applier; longPollMs?: number }): Link;

// ── status ─────────────────────────────────────────────────────────────────────────────────────────────────────────
export interface FeedDigest {
  origin: string;
  view: string;
  side: 'sent' | 'received';
  epoch: number;
  seq: number;
  root: string;
  count: number;
}
/** Own feeds as sent and other nodes' feeds as held; equal roots at equal (epoch, seq) mean equal content. `queryable`: app. */
export declare function feedDigests(queryable: Queryable, adcode: string): Promise<FeedDigest[]>;
/** Federation requests this process has received since its start. */
export declare function federationRequestCount(): number;
export declare function countFederationRequests(app: FastifyInstance): void;
