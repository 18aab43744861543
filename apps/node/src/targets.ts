import type { Module } from '@xiangjing/platform';
import type { Runtime } from './runtime.ts';
import type { TargetName } from './target-names.ts';
import { applyTarget } from './targets/apply.ts';
import { catalogueTarget } from './targets/catalogue.ts';
import { egressTarget } from './targets/egress.ts';
import { operationsTarget } from './targets/operations.ts';
import { portalTarget } from './targets/portal.ts';
import { publisherTarget } from './targets/publisher.ts';

export interface TargetRow {
  /** Adds routes before the server listens. */
  mount?: (runtime: Runtime) => void | Promise<void>;
  /** Runs after every route is there. */
  module: Module<Runtime>;
  /** `<method> <prefix>` of what it answers (no method: any); the front door sends it there when the target runs elsewhere. */
  answers: readonly string[];
}

/** The only table of what runs where: a process runs all of these rows, or those that its configuration names. */
export const TARGETS: Record<TargetName, TargetRow> = {
  catalogue: {
    ...catalogueTarget,
    answers: ['/trpc/catalogue.', '/api/v1/records', '/api/v1/organisations', '/api/v1/vocabulary', '/api/v1/targets'],
  },
  operations: { ...operationsTarget, answers: ['/trpc/operations.', '/api/v1/federation'] },
  egress: { ...egressTarget, answers: [] },
  publisher: { ...publisherTarget, answers: ['GET /federation/v1/'] },
  apply: { ...applyTarget, answers: ['POST /federation/v1/'] },
  portal: { ...portalTarget, answers: [] },
};
