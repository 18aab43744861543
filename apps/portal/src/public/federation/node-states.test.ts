import { expect, it } from 'vitest';
import { nodeStatus } from '../../testing/federation.ts';
import { bySeverity, isBehind, isJoined, replicaTotal } from './node-states.ts';

it('those behind come first, longest first, the unjoined last', () => {
  const nodes = [
    nodeStatus('430100'),
    nodeStatus('430200', { state: 'unjoined' }),
    nodeStatus('430300', { state: 'late', heardAt: '2026-11-24T00:00:00Z' }),
    nodeStatus('430000', { state: 'self' }),
    nodeStatus('430500', { state: 'silent', heardAt: '2026-11-23T00:00:00Z' }),
    nodeStatus('430400', { state: 'silent', heardAt: '2026-11-22T00:00:00Z' }),
  ];
  expect([...nodes].sort(bySeverity).map((node) => node.adcode)).toEqual(['430400', '430500', '430300', '430000', '430100', '430200']);
  expect(nodes.filter(isBehind)).toHaveLength(3);
  expect(nodes.filter(isJoined)).toHaveLength(5);
  expect(replicaTotal(nodeStatus('430100', { replicas: { opportunity: 1, capability: 2, demonstration: 3 } }))).toBe(6);
});
