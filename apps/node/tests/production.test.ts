import { startEmbedded, type EmbeddedServer } from '@xiangjing/db/embedded';
import { createDemoIdentity } from '@xiangjing/local-servers';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '@xiangjing/db/embedded';
import { runVerb, startProcess, type NodeProcess } from './support/node-process.ts';
import { eventually, must, opportunity, publishDraft } from './support/records.ts';
import { encode, restClient } from './support/rest-client.ts';
import { PASSWORD, sampleUscc, usersOf } from './support/users.ts';

/** Two nodes as city IT installs them: production mode, each on a PostgreSQL server of its own and an OpenID Connect issuer outside. */
interface Site {
  adcode: string;
  server: EmbeddedServer;
  issuer: Server;
  issuerUrl: string;
  configFile: string;
  url: string;
  process?: NodeProcess;
  organisations: { agency: string; enterprise: string };
}
let folder: string;
const sites: Site[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xiangjing-production-'));
  for (const adcode of ['430000', '430100']) sites.push(await prepareSite(adcode));
}, 120_000);
afterAll(async () => {
  for (const site of sites) {
    await site.process?.kill('SIGTERM');
    site.issuer.close();
    await site.server.stop();
  }
  await rm(folder, { recursive: true, force: true });
});

async function prepareSite(adcode: string): Promise<Site> {
  const server = await startEmbedded({ dataDir: await mkdtemp(join(tmpdir(), `xiangjing-pg-${adcode}-`)), durable: false });
  const database = `xiangjing_${adcode}`;
  const passwords = await asDatabaseAdministrator(server, adcode);
  const organisations = { agency: sampleUscc('11', adcode), enterprise: sampleUscc('91', adcode) };
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { issuer, issuerUrl } = await startIssuer(adcode, url, organisations);
  const at = (login: string) => `postgresql://xiangjing_${adcode}_${login}:${passwords[login]}@127.0.0.1:${server.port}/${database}`;
  const configFile = join(folder, `${adcode}.yaml`);
  const config = {
    node: { adcode, mode: 'production', hostUnit: '示例主办单位' },
    http: { host: '127.0.0.1', port, publicUrl: url },
    database: Object.fromEntries(['owner', 'app', 'egress', 'publisher', 'apply'].map((login) => [`${login}Url`, at(login)])),
    identity: { issuer: issuerUrl, clientId: 'xiangjing-portal' },
    dataDir: join(folder, `${adcode}.data`),
  };
  await writeFile(configFile, JSON.stringify(config));
  return { adcode, server, issuer, issuerUrl, configFile, url, organisations };
}

/** What a DBA does with `db roles --print`: runs it and sets a password for each login. */
async function asDatabaseAdministrator(server: EmbeddedServer, adcode: string): Promise<Record<string, string>> {
  const { code, stdout } = await runVerb(['db', 'roles', '--node', adcode, '--print']);
  expect(code).toBe(0);
  const client = new pg.Client({ connectionString: server.superUrl('postgres') });
  await client.connect();
  for (const statement of splitStatements(stdout)) await client.query(statement);
  const passwords: Record<string, string> = {};
  for (const login of ['owner', 'app', 'egress', 'publisher', 'apply']) {
    passwords[login] = `${login}-${crypto.randomUUID()}`;
    await client.query(`alter role xiangjing_${adcode}_${login} password '${passwords[login]}'`);
  }
  await client.end();
  return passwords;
}

/** psql sends one statement after the other, each in a transaction of its own: `create database` needs that. */
function splitStatements(sql: string): string[] {
  const lines = sql.split('\n').filter((l) => !l.startsWith('--') && l.trim() !== '');
  return lines
    .join('\n')
    .split(/;\s*\n(?=(?:create|grant|revoke|alter|do)\b)/i)
    .map((s) => s.trim())
    .filter(Boolean);
}

async function startIssuer(adcode: string, publicUrl: string, organisations: Site['organisations']) {
  const issuer = createServer();
  await new Promise<void>((r) => issuer.listen(0, '127.0.0.1', r));
  const issuerUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/realms/xiangjing-${adcode}`;
  const identity = await createDemoIdentity({
    issuer: issuerUrl,
    audience: `xiangjing-${adcode}`,
    clients: [
      { clientId: 'xiangjing-portal', redirectUris: [`${publicUrl}/auth/callback`] },
      { clientId: 'scripts', redirectUris: [], passwordGrant: true },
    ],
    users: usersOf(adcode, organisations),
    stateDir: join(folder, `${adcode}.issuer`),
  });
  issuer.on('request', (req, res) => {
    if (!identity.handle(req, res)) res.writeHead(404).end();
  });
  return { issuer, issuerUrl };
}

async function as(site: Site, user: string) {
  const body = new URLSearchParams({ grant_type: 'password', client_id: 'scripts', username: user, password: PASSWORD });
  const reply = await fetch(`${site.issuerUrl}/protocol/openid-connect/token`, { method: 'POST', body });
  return restClient(site.url, ((await reply.json()) as { access_token: string }).access_token);
}

async function verb(args: string[]): Promise<string> {
  const done = await runVerb(args);
  expect(done.code, done.stderr + done.stdout).toBe(0);
  return done.stdout;
}

test('install, join, run, look, stop: the verbs of city IT, in order', async () => {
  const [province, city] = sites as [Site, Site];
  expect(await verb(['config', 'check', '--config', city.configFile])).toContain('430100');
  expect(await verb(['federation', 'init', '--config', province.configFile])).toContain('第 1 版');
  province.process = await startProcess(province.configFile);
  const { invitation, rootKeyFingerprint } = JSON.parse(
    await verb(['federation', 'invite', '--config', province.configFile, '--node', '430100', '--json']),
  ) as { invitation: string; rootKeyFingerprint: string };
  const join430100 = ['federation', 'join', '--config', city.configFile, '--invitation', invitation];
  const misread = await runVerb([...join430100, '--fingerprint', '0000 0000 0000 0000 0000 0000 0000 0000']);
  expect([misread.code, misread.stderr]).toEqual([3, expect.stringContaining('INVITATION_INVALID')]);
  const joined = await verb([...join430100, '--fingerprint', rootKeyFingerprint]);
  expect(joined).toContain(`根密钥指纹：${rootKeyFingerprint}\n已加入`);
  expect((await stat(join(folder, '430100.data/node.key'))).mode & 0o777).toBe(0o600);
  city.process = await startProcess(city.configFile);

  const coordinator = await as(city, 'coordinator');
  const made = await coordinator.post('/organisations', {
    uscc: city.organisations.agency,
    name: '示例单位甲',
    type: 'agency',
    region: '430100',
  });
  expect(made.status, made.text).toBe(201);
  const desk = { owner: await as(city, 'owner'), lead: await as(city, 'lead'), coordinator };
  const draft = await must(desk.owner.post('/records', opportunity({ ...city } as never)), 201);
  const record = await publishDraft(desk, draft);
  await eventually(
    () => restClient(province.url).get(`/records/${encode(record.id)}`),
    (r) => r.status === 200,
  );

  expect(await verb(['status', '--config', city.configFile])).toContain('430100');
  const status = JSON.parse(await verb(['federation', 'status', '--config', city.configFile, '--json'])) as {
    feeds: { view: string; lag: number }[];
  };
  expect(status.feeds.find((f) => f.view === 'up')).toMatchObject({ lag: 0 });
  await city.process.kill('SIGTERM');
  expect((await runVerb(['status', '--config', city.configFile])).code).toBe(1);
  city.process = await startProcess(city.configFile);
});

test('an invitation is for a city of the province; that one is known already is said beside it', async () => {
  const [province] = sites as [Site];
  const invite = (adcode: string) => runVerb(['federation', 'invite', '--config', province.configFile, '--node', adcode]);
  for (const wrong of ['430999', '430000', '长沙'])
    expect(await invite(wrong)).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/长沙市 430100.*湘西.* 433100/) as string,
    });
  const known = await invite('430100');
  expect(known).toMatchObject({ code: 0, stderr: expect.stringContaining('长沙市 430100 已在名册；用这份邀请会换密钥') as string });
  expect(known.stdout).toMatch(/^xiangjing-invitation-1\.\S+\n$/);
  const fresh = (await invite('430200')).stderr;
  expect(fresh).not.toContain('已在名册');
  expect(fresh).toMatch(/发给 株洲市 430200，\d{4}-\d\d-\d\d \d\d:\d\d:\d\d 前有效/);
  const byCity = await runVerb(['federation', 'invite', '--config', sites[1]!.configFile, '--node', '430200']);
  expect(byCity).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('请省节点 430000 运行') as string });
});

test('an invitation is good for one key', async () => {
  const [province, city] = sites as [Site, Site];
  const { invitation } = JSON.parse(
    await verb(['federation', 'invite', '--config', province.configFile, '--node', '430100', '--json']),
  ) as { invitation: string };
  const unproved = await verb(['federation', 'join', '--config', city.configFile, '--invitation', invitation]);
  expect(unproved).toMatch(/没有用 --fingerprint 给出省里念的指纹：请自己逐组核对，.*\n已加入/);
  await verb(['federation', 'join', '--config', city.configFile, '--invitation', invitation]); // the same key may repeat a lost answer
  const config = JSON.parse(await readFile(city.configFile, 'utf8')) as object;
  const thief = join(folder, 'thief.yaml');
  await writeFile(thief, JSON.stringify({ ...config, dataDir: join(folder, 'thief.data') }));
  const again = await runVerb(['federation', 'join', '--config', thief, '--invitation', invitation]);
  expect(again.code).toBe(3);
  expect(again.stderr).toContain('INVITATION_INVALID');
});

test('a node refuses to start as superuser, and on the database of another node', async () => {
  const [province, city] = sites as [Site, Site];
  const config = JSON.parse(await readFile(city.configFile, 'utf8')) as { database: Record<string, string>; http: { port: number } };
  const start = async (database: Record<string, string>) => {
    const file = join(folder, `wrong-${Math.random()}.yaml`);
    await writeFile(
      file,
      JSON.stringify({ ...config, http: { ...config.http, port: await freePort() }, database: { ...config.database, ...database } }),
    );
    return runVerb(['start', '--config', file]);
  };
  const asSuper = await start({ appUrl: city.server.superUrl('xiangjing_430100') });
  expect(asSuper.code).toBe(3);
  expect(asSuper.stderr).toMatch(
    /^DATABASE_ROLE: 数据库登录的权限不对\n→ 用 xiangjing db roles.*\n {2}原文：the database login .* is a superuser/m,
  );
  const provinceConfig = JSON.parse(await readFile(province.configFile, 'utf8')) as typeof config;
  const elsewhere = await start(provinceConfig.database);
  expect(elsewhere.code).toBe(3);
  expect(elsewhere.stderr).toMatch(/^DATABASE_OWNER: 这个数据库属于另一个节点\n→ /m);
});
