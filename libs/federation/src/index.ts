export type { Clock } from './clock.ts';
export type { FieldsOf } from './fields-of.ts';

export { createNodeKey, ensureNodeKey, loadNodeKey, type Signer } from './keys.ts';
export { signatureFault, type SignatureFault, type VerifyingKey } from './signature.ts';
export {
  REQUEST_WINDOW_MS,
  signRequest,
  verifyRequest,
  type RequestToSign,
  type RequestToVerify,
  type Verified,
} from './signed-request.ts';

export { initRegistry, type InitRegistryOptions } from './init-registry.ts';
export { createInvitation, readInvitation, type CreateInvitationOptions, type Invitation } from './invitation.ts';
export { joinFederation, type JoinFederationOptions } from './join-federation.ts';
export { RegistryDocument, RegistryKey, RegistryNode, SignedRegistry } from './registry.ts';
export { openRegistry, type RegistryStore } from './registry-store.ts';
export { fingerprintOf, type Trust } from './trust.ts';

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

export { createEgressWorker, type EgressOptions, type EgressWorker } from './egress-worker.ts';
export { projectForView, type Project } from './egress-event.ts';
export { guardEvent, type Guard, type GuardedEvent } from './guard.ts';

export { createApplier, type Applier, type ApplierOptions } from './applier.ts';
export type { ApplyOutcome, ArrivedBatch, FeedFaultAnswer } from './receive-batch.ts';
export type { VerifyEvent } from './verify-batch.ts';
export type { Tombstone } from './store-replicas.ts';
export { publisherRoutes, type PublisherRoutesOptions } from './publisher-routes.ts';
export { applyRoutes, type ApplyRoutesOptions } from './apply-routes.ts';
export type { Link, LinkOptions, RunningOptions } from './link.ts';
export { createPushLink, type PushLinkOptions } from './push-link.ts';
export { createPullLink, type PullLinkOptions } from './pull-link.ts';
export { createLogPublisher, type LogPublisherOptions } from './log-publisher.ts';
export { createLogReader, type LogReader, type LogReaderOptions } from './log-reader.ts';
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

export { feedDigests, type DigestCache, type FeedDigest } from './feed-digests.ts';
export { countRoads, newTally, type RoadCount, type RoadTally } from './count-roads.ts';
export { feedLags, outboxDepth, type FeedLag } from './feed-lags.ts';
export { countFederationRequests, federationRequestCount } from './request-count.ts';
export { readTroubles, type Troubles } from './troubles.ts';

export { createComparisons, type Comparisons, type ComparisonsOptions } from './comparisons.ts';
export type { FeedComparison } from './compare-feed.ts';
export { createWantAnswerer, type WantAnswerer, type WantAnswererOptions } from './answer-want.ts';
export { requestComparison } from './request-comparison.ts';
export { comparedFeeds, type ComparedFeed } from './compared-feeds.ts';
export { createProvinceClient, type ProvinceClient } from './province-client.ts';
export { traceJourney, type Journey, type TraceJourneyOptions } from './trace-journey.ts';
export { TraceStep } from './wire-trace.ts';

export { topicOf, type KafkaConnection } from './kafka-connection.ts';
export { createKafkaEventLog, type KafkaEventLogOptions } from './kafka/kafka-event-log.ts';
export { createTopicLives, type TopicLives } from './kafka/topic-lives.ts';
export { isEmptyPlan, planTopics, type PlanTopicsOptions, type TopicPlan } from './kafka/plan-topics.ts';
export { applyTopics } from './kafka/apply-topics.ts';
export { topicPlanText } from './kafka/topic-plan-text.ts';
