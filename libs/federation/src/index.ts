export type { Clock } from './clock.ts';
export type { FieldsOf } from './fields-of.ts';

export { createNodeKey, ensureNodeKey, loadNodeKey, type Signer } from './registry/keys.ts';
export { signatureFault, type SignatureFault, type VerifyingKey } from './registry/signature.ts';
export {
  REQUEST_WINDOW_MS,
  signRequest,
  verifyRequest,
  type RequestToSign,
  type RequestToVerify,
  type Verified,
} from './https/signed-request.ts';

export { initRegistry, type InitRegistryOptions } from './registry/init-registry.ts';
export { createInvitation, readInvitation, type CreateInvitationOptions, type Invitation } from './registry/invitation.ts';
export { joinFederation, type JoinFederationOptions } from './registry/join-federation.ts';
export { RegistryDocument, RegistryKey, RegistryNode, SignedRegistry } from './registry/registry.ts';
export { openRegistry, type RegistryStore } from './registry/registry-store.ts';
export { fingerprintOf, type Trust } from './registry/trust.ts';

export * from './core/emission.ts';
export * from './core/feed.ts';
export * from './core/receive.ts';
export {
  addFingerprints,
  bucketOf,
  BUCKETS,
  bucketsOf,
  fingerprintOf as setFingerprintOf,
  rootOf,
  type Bucket,
  type SetItem,
} from './core/set-digest.ts';

export { createEgressWorker, type EgressOptions, type EgressWorker } from './egress/egress-worker.ts';
export { projectForView, type Project } from './egress/egress-event.ts';
export { guardEvent, type Guard, type GuardedEvent } from './egress/guard.ts';

export { createApplier, type Applier, type ApplierOptions } from './apply/applier.ts';
export type { ApplyOutcome, ArrivedBatch, FeedFaultAnswer } from './apply/receive-batch.ts';
export type { VerifyEvent } from './apply/verify-batch.ts';
export type { Tombstone } from './apply/store-replicas.ts';
export { publisherRoutes, type PublisherRoutesOptions } from './routes/publisher-routes.ts';
export { applyRoutes, type ApplyRoutesOptions } from './routes/apply-routes.ts';
export type { Link, LinkOptions, RunningOptions } from './roads/link.ts';
export { createPushLink, type PushLinkOptions } from './roads/push-link.ts';
export { createPullLink, type PullLinkOptions } from './roads/pull-link.ts';
export { createLogPublisher, type LogPublisherOptions } from './roads/log-publisher.ts';
export { createLogReader, type LogReader, type LogReaderOptions } from './roads/log-reader.ts';
export type {
  AppendAnswer,
  EventLog,
  FollowSource,
  HeardHead,
  IncomingPage,
  LogMark,
  OutgoingPage,
  Road,
  RoadHealth,
  SetAside,
} from './event-log.ts';

export { feedDigests, type DigestCache, type FeedDigest } from './comparison/feed-digests.ts';
export { countRoads, newTally, type RoadCount, type RoadTally } from './watching/count-roads.ts';
export { feedLags, outboxDepth, type FeedLag } from './watching/feed-lags.ts';
export { countFederationRequests, federationRequestCount } from './watching/request-count.ts';
export { readTroubles, type Troubles } from './watching/troubles.ts';

export { createComparisons, type Comparisons, type ComparisonsOptions } from './comparison/comparisons.ts';
export type { FeedComparison } from './comparison/compare-feed.ts';
export { createWantAnswerer, type WantAnswerer, type WantAnswererOptions } from './comparison/answer-want.ts';
export { requestComparison } from './comparison/request-comparison.ts';
export { comparedFeeds, type ComparedFeed } from './comparison/compared-feeds.ts';
export { createProvinceClient, type ProvinceClient } from './https/province-client.ts';
export { traceJourney, type Journey, type TraceJourneyOptions } from './trace/trace-journey.ts';
export { TraceStep } from './trace/wire-trace.ts';

export { topicOf, type KafkaConnection } from './kafka/kafka-connection.ts';
export { createKafkaEventLog, type KafkaEventLogOptions } from './kafka/kafka-event-log.ts';
export { createTopicLives, type TopicLives } from './kafka/topic-lives.ts';
export { isEmptyPlan, planTopics, type PlanTopicsOptions, type TopicPlan } from './kafka/plan-topics.ts';
export { applyTopics } from './kafka/apply-topics.ts';
export { topicPlanText } from './kafka/topic-plan-text.ts';
