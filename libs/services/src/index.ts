export type { AnyPeers, ServiceContext } from './kernel/context.ts';
export { router, type ProcedureMeta } from './kernel/procedure.ts';
export { problemOf, isProblem, type Problem } from './kernel/problem.ts';
export { createPeers, type Caller, type PeerRow, type Peers } from './kernel/peers.ts';
export type { JobContext } from './kernel/jobs.ts';
export { createSessionStore, type SessionStore } from './kernel/sessions.ts';
export * from './catalogue/index.ts';
export * from './operations/index.ts';
