export { createPluginHost } from './plugin-host.ts';
export type { CheckStep, CheckResult, PluginHost, PluginHostOptions, PluginRow, PluginStatus } from './plugin-host.ts';
export { createGuard, type CallOutcome, type Guard, type GuardLimits, type HostLog, type CallCounter } from './guard.ts';
export { descriptorDigest } from './descriptor-digest.ts';
export { LIMITS } from './limits.ts';
