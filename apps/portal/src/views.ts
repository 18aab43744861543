import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@xiangjing/node/router';

/** What the node's procedures answer, by the names the pages use. Derived, so a changed output shows up here at once. */
type Outputs = inferRouterOutputs<AppRouter>;
type Inputs = inferRouterInputs<AppRouter>;

export type RecordList = Outputs['catalogue']['records']['list'];
export type ListedRecord = RecordList['items'][number];
export type RecordView = Outputs['catalogue']['records']['get'];
export type RecordHistory = Outputs['catalogue']['records']['history'];
export type Vocabulary = Outputs['catalogue']['vocabulary'];
export type TargetFigure = Outputs['catalogue']['targets'][number];
export type FederationStatus = Outputs['operations']['federation']['status'];
export type ListQuery = NonNullable<Inputs['catalogue']['records']['list']>;
export type Organisation = Outputs['catalogue']['organisations']['list']['items'][number];
export type RecordJourney = Outputs['operations']['federation']['trace'];
