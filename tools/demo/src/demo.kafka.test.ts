import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { onceReport } from './once-report.ts';
import { serverPorts } from './options.ts';
import { demoRunner, type DemoRun } from './testing/demo-runner.ts';

type Report = ReturnType<typeof onceReport>;
const { demo, untilUp, folder, portBase } = demoRunner();
const reportOf = (run: DemoRun): Report => JSON.parse(run.said.out) as Report;
const claimsOf = (token: string): { iss?: string } =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { iss?: string };

async function tokenOf(adcode: string, user: string): Promise<string> {
  const run = demo('token', '--node', adcode, '--user', user);
  expect(await run.ended, run.said.err).toBe(0);
  return run.said.out.trim();
}
async function ownRecords(adcode: string, token: string): Promise<number> {
  const url = `http://127.0.0.1:${portBase + Number(adcode.slice(2, 4))}/api/v1/records?mine=true`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  expect(response.status).toBe(200);
  return ((await response.json()) as { total: number }).total;
}

it(
  'takes data up with Kafka and Keycloak that began without them, grows by a city, and goes on without them',
  { timeout: 900_000 },
  async () => {
    const plain = demo('--nodes', '430100', '--once', '--json', '--timeout', '240');
    expect(await plain.ended, plain.said.err).toBe(0);
    for (const node of reportOf(plain).nodes) expect(node.roads, node.adcode).toMatchObject({ kafka: 0 });

    const both = demo('--nodes', '430100,430200', '--kafka', '--keycloak', '--json', '--timeout', '240');
    await untilUp(both);
    const report = reportOf(both);
    expect(report.converged).toBe(true);
    const [province, , grown] = report.nodes;
    // The second city's records came while there was a broker; it reads what the others had sent before, too.
    expect(province?.roads.kafka).toBeGreaterThan(0);
    expect(grown?.roads.kafka).toBeGreaterThan(0);
    const ports = serverPorts(portBase);
    expect(both.said.err).toContain(`http://127.0.0.1:${ports.keycloak}/admin`);
    const known = await tokenOf('430100', 'owner-agency');
    expect(claimsOf(known).iss).toBe(`http://127.0.0.1:${ports.keycloak}/realms/xiangjing-430100`);
    // Records belong to an organisation: its account at the other provider has them, too.
    expect(await ownRecords('430100', known)).toBeGreaterThan(0);
    both.child.kill('SIGINT');
    expect(await both.ended).toBe(0);
    for (const port of Object.values(ports)) await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed');

    const without = demo('--nodes', '430100,430200');
    await untilUp(without);
    const own = await tokenOf('430100', 'owner-agency');
    expect(claimsOf(own).iss).toBe(`http://127.0.0.1:${portBase + 1}/realms/xiangjing-430100`);
    expect(await ownRecords('430100', own)).toBeGreaterThan(0);
    without.child.kill('SIGINT');
    expect(await without.ended).toBe(0);
    expect(readFileSync(join(folder, '430100/node.yaml'), 'utf8')).not.toContain('kafka');
  },
);

it('names a port that a server needs and somebody has, and how to move', async () => {
  const taken = createServer().listen(serverPorts(portBase).kafka, '127.0.0.1');
  const run = demo('--nodes', '430100', '--kafka', '--once');
  expect(await run.ended).toBe(1);
  expect(run.said.err).toContain('(PORT_TAKEN)');
  expect(run.said.err).toContain('--port-base');
  taken.close();
});
