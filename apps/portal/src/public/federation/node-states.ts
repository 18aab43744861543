import type { FederationStatus } from '../../views.ts';

export type NodeStatus = FederationStatus['nodes'][number];

/** Joined, but its content is not the latest: late for over a minute, or silent for over an hour. */
export const isBehind = (node: NodeStatus): boolean => node.state === 'late' || node.state === 'silent';
export const isJoined = (node: NodeStatus): boolean => node.state !== 'unjoined';

/** Behind first and longest first, then this node, then the others in the order of their codes. */
export function bySeverity(a: NodeStatus, b: NodeStatus): number {
  const weight = (n: NodeStatus) => ({ silent: 0, late: 1, self: 2, current: 3, unjoined: 4 })[n.state];
  return weight(a) - weight(b) || (isBehind(a) ? (a.heardAt ?? '').localeCompare(b.heardAt ?? '') : a.adcode.localeCompare(b.adcode));
}

export const replicaTotal = (node: NodeStatus): number => Object.values(node.replicas).reduce((sum, n) => sum + n, 0);
