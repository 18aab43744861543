import { expect, it } from 'vitest';

import type { onceReport } from './once-report.ts';
import { seedsOf } from './seeds/seeds-of-node.ts';
import { demoRunner } from './testing/demo-runner.ts';

const { demo, untilUp, portBase } = demoRunner();
const countOf = (adcode: string): number => seedsOf(adcode, '2026-01-01').records.length;
const sum = (counts: Record<string, number> = {}): number => Object.values(counts).reduce((a, b) => a + b, 0);

it(
  'starts, seeds over REST, converges and reports; then takes the same data up again and stops at Ctrl-C',
  { timeout: 240_000 },
  async () => {
    const first = demo('--nodes', '430100', '--once', '--json', '--timeout', '120');
    expect(await first.ended, first.said.err).toBe(0);
    const report = JSON.parse(first.said.out) as ReturnType<typeof onceReport>;
    expect(report.converged).toBe(true);
    const [province, city] = report.nodes;
    expect(report.nodes.map((n) => n.adcode)).toEqual(['430000', '430100']);
    expect([sum(province?.own), sum(city?.own)]).toEqual([countOf('430000'), countOf('430100')]);
    expect(sum(city?.federated)).toBeGreaterThanOrEqual(40);
    expect(province?.replicas['430100']).toEqual(city?.federated);
    expect(city?.replicas['430000']).toEqual(province?.federated);
    for (const node of report.nodes) expect(node.digests).toEqual([expect.objectContaining({ equal: true, sent: expect.any(String) })]);

    const second = demo('--nodes', '430100');
    await untilUp(second);
    expect(second.said.err).not.toContain('example records');
    expect(second.said.out).toContain(`http://127.0.0.1:${portBase + 1}`);

    const refused = demo('--nodes', '430100');
    expect(await refused.ended).toBe(1);
    expect(refused.said.err).toContain(`port ${portBase} is taken`);
    expect(refused.said.err).toContain('--port-base');

    const token = demo('token', '--node', '430100', '--user', 'owner-agency');
    expect(await token.ended, token.said.err).toBe(0);
    const mine = await fetch(`http://127.0.0.1:${portBase + 1}/api/v1/records?mine=true`, {
      headers: { authorization: `Bearer ${token.said.out.trim()}` },
    });
    expect(mine.status).toBe(200);
    expect(((await mine.json()) as { total: number }).total).toBeGreaterThan(0);

    const began = Date.now();
    second.child.kill('SIGINT');
    expect(await second.ended).toBe(0);
    expect(Date.now() - began).toBeLessThan(15_000);
    await expect(fetch(`http://127.0.0.1:${portBase}/healthz`)).rejects.toThrow('fetch failed');
  },
);
