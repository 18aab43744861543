import { chmod, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testFederation, testNode, type TestFederation, type TestNode } from '../testing/test-federation.ts';
import { initRegistry } from './init-registry.ts';
import { createInvitation } from './invitation.ts';
import { joinFederation } from './join-federation.ts';
import { admitNode, proofText } from './join.ts';
import { createNodeKey, createRootKey, loadNodeKey, loadRootKey } from './keys.ts';
import { RegistryDocument, signRegistry } from './registry.ts';

let federation: TestFederation;
let province: TestNode;
let city: TestNode;
const clock = { now: () => new Date() };
beforeAll(async () => {
  federation = await testFederation(['430100']);
  province = federation.province;
  city = await testNode('430200');
});
afterAll(async () => {
  await city.close();
  await federation[Symbol.asyncDispose]();
});

const invite = (more: object = {}) =>
  createInvitation({ pool: province.pools.app, dataDir: province.dataDir, adcode: '430200', ttlMs: 60_000, clock, ...more });
const join200 = (invitation: string, more: object = {}) =>
  joinFederation({
    pool: city.pools.app,
    dataDir: city.dataDir,
    adcode: '430200',
    nameZh: '株洲市',
    release: 'test',
    clock,
    invitation,
    ...more,
  });
const versions = async () =>
  (await province.pools.app.query<{ version: number }>('select version from registry order by version')).rows.map((r) => r.version);

test('the registry is made once, names each node with its key, and keys are readable by their owner only', async () => {
  const again = {
    pool: province.pools.app,
    dataDir: province.dataDir,
    adcode: '430000',
    nameZh: '湖南省',
    url: province.url,
    release: 'test',
    clock,
  };
  await expect(initRegistry(again)).rejects.toMatchObject({ code: 'REGISTRY_EXISTS' });
  expect(federation.cities[0]!.registry.current()).toMatchObject({
    version: 2,
    nodes: [
      { adcode: '430000', url: province.url, views: ['up', 'peer'] },
      { adcode: '430100', url: null, views: ['down', 'peer'], keys: [{ kid: federation.cities[0]!.signer.kid }] },
    ],
  });
  expect(JSON.stringify(province.registry.current())).not.toContain('"code"');
  const key = join(city.dataDir, 'node.key');
  expect((await stat(key)).mode & 0o777).toBe(0o600);
  await expect(createNodeKey(city.dataDir, '430200')).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('already'),
  });
  await chmod(key, 0o644);
  await expect(loadNodeKey(city.dataDir, '430200')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  await chmod(key, 0o600);
});

test('an invitation that is unknown, expired, for another node, cut short or of another root joins nobody', async () => {
  const before = await versions();
  const { invitation } = await invite();
  await expect(join200(invitation.slice(0, -20))).rejects.toMatchObject({ code: 'INVITATION_INVALID' });
  await expect(join200('nonsense')).rejects.toMatchObject({ code: 'INVITATION_INVALID', remedy: expect.stringContaining('whole line') });
  const expired = await invite({ ttlMs: -1 });
  await expect(join200(expired.invitation)).rejects.toMatchObject({
    code: 'INVITATION_INVALID',
    message: expect.stringContaining('expired'),
  });
  const other = await invite({ adcode: '430300' });
  await expect(join200(other.invitation)).rejects.toMatchObject({ code: 'INVITATION_INVALID', message: expect.stringContaining('430300') });
  const edit = (text: string, change: (value: Record<string, unknown>) => void) => {
    const [prefix, body] = text.split('.') as [string, string];
    const value = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    change(value);
    return `${prefix}.${Buffer.from(JSON.stringify(value)).toString('base64url')}`;
  };
  await expect(join200(edit(invitation, (v) => (v.code = 'x'.repeat(32))))).rejects.toMatchObject({
    code: 'INVITATION_INVALID',
    message: expect.stringContaining('unknown'),
  });
  expect(await versions()).toEqual(before);
  const { rows } = await province.pools.app.query(`select message, remedy from refusal where code = 'INVITATION_INVALID'`);
  expect(rows.length).toBeGreaterThan(0);

  const impostor = await createRootKey(join(city.dataDir, 'impostor'), '430000');
  const fake = edit(invitation, (v) => (v.root = { kid: impostor.kid, publicKey: impostor.publicKey }));
  await expect(join200(fake)).rejects.toMatchObject({ code: 'REGISTRY_INVALID' });
  await city.registry.refresh();
  expect(city.registry.trust()).toBeNull();
});

test('an invitation of another root key than the one read out joins nobody; spaces and case do not matter', async () => {
  const before = await versions();
  const { invitation, rootKeyFingerprint } = await invite();
  const other = `${rootKeyFingerprint.slice(0, -1)}${rootKeyFingerprint.endsWith('0') ? '1' : '0'}`;
  for (const wrong of [other, rootKeyFingerprint.slice(0, 4), ''])
    await expect(join200(invitation, { rootKeyFingerprint: wrong })).rejects.toMatchObject({
      code: 'INVITATION_INVALID',
      message: expect.stringContaining(rootKeyFingerprint),
    });
  expect(await versions()).toEqual(before);
  const unreachable: typeof fetch = () => Promise.reject(new Error('no route'));
  const typed = rootKeyFingerprint.replaceAll(' ', '').toUpperCase();
  await expect(join200(invitation, { rootKeyFingerprint: typed, fetch: unreachable })).rejects.toMatchObject({
    code: 'UPSTREAM_UNAVAILABLE',
  });
});

test('a city joins once with a code, may repeat the request, and the code serves no other key', async () => {
  const { invitation } = await invite();
  const first = await join200(invitation);
  expect(await join200(invitation)).toEqual(first);
  await expect(join200(invitation, { dataDir: join(city.dataDir, 'other') })).rejects.toMatchObject({
    code: 'INVITATION_INVALID',
    message: expect.stringContaining('used'),
  });
  expect(first.nodes.map((node) => node.adcode)).toEqual(['430000', '430100', '430200']);
  const { rows } = await province.pools.app.query('select * from invitation');
  expect(JSON.stringify(rows)).not.toContain(JSON.parse(Buffer.from(invitation.split('.')[1]!, 'base64url').toString()).code);
});

const keysOf = ({ nodes }: RegistryDocument) => nodes.find((node) => node.adcode === '430200')!.keys;

test('a city that joins again with its key is listed with it once, and the registry rises only where something changed', async () => {
  const first = await join200((await invite()).invitation);
  const before = await versions();
  const again = await invite();
  expect(await join200(again.invitation)).toEqual(first);
  expect(await versions()).toEqual(before);
  await expect(join200(again.invitation, { dataDir: join(city.dataDir, 'thief') })).rejects.toMatchObject({ code: 'INVITATION_INVALID' });

  const updated = await join200((await invite()).invitation, { release: 'newer' });
  expect(updated.version).toBe(first.version + 1);
  expect(keysOf(updated)).toEqual(keysOf(first));
});

test('a key whose time is over gets a new term, and keys beside it stay', async () => {
  const [old] = keysOf(province.registry.current()!);
  const two = keysOf(await join200((await invite()).invitation, { dataDir: join(city.dataDir, 'second') }));
  expect(two).toEqual([expect.not.objectContaining({ kid: old!.kid }), old]);

  const later = { now: () => new Date(Date.now() + 800 * 86_400_000) };
  const code = 'c'.repeat(32);
  await invite({ code, clock: later });
  const key = await loadNodeKey(city.dataDir, '430200');
  const unproved = { adcode: '430200', nameZh: '株洲市', release: 'test', publicKey: key.publicKey, code };
  const root = await loadRootKey(province.dataDir, '430000');
  const signed = await admitNode(province.pools.apply, root, { ...unproved, proof: key.sign(proofText(unproved)) }, later);
  const [renewed, ...others] = keysOf(RegistryDocument.parse(JSON.parse(signed.bytes)));
  expect(renewed).toMatchObject({ kid: old!.kid, publicKey: old!.publicKey });
  expect(new Date(renewed!.notAfter) > later.now()).toBe(true);
  expect(others).toEqual([two[0]]);
});

test('other cities learn of it with their pull, and older or foreign registries are refused', async () => {
  const [changsha] = federation.cities as [TestNode];
  await changsha.pull().drain();
  const held = changsha.registry.current()!;
  expect(held.nodes.map((node) => node.adcode)).toContain('430200');
  const older = await province.pools.app.query(`select convert_from(bytes, 'UTF8') as bytes, signature from registry where version = 2`);
  await expect(changsha.registry.accept(older.rows[0])).rejects.toMatchObject({ code: 'REGISTRY_INVALID' });
  const impostor = await createRootKey(join(changsha.dataDir, 'impostor'), '430000');
  const forged = signRegistry(RegistryDocument.parse({ ...held, version: 99 }), impostor);
  await expect(changsha.registry.accept(forged)).rejects.toMatchObject({ code: 'REGISTRY_INVALID' });
  const signed = changsha.registry.signed()!;
  await expect(changsha.registry.accept({ ...signed, bytes: signed.bytes.replace('株洲市', '株州市') })).rejects.toMatchObject({
    code: 'REGISTRY_INVALID',
  });
  expect(await readFile(join(changsha.dataDir, 'federation.json'), 'utf8')).toContain(province.url);
});

test('an unreachable province is named with its address, and nothing is stored', async () => {
  const lone = await testNode('430300');
  try {
    const { invitation } = await invite({ adcode: '430300' });
    const failing: typeof fetch = () => Promise.reject(new Error('no route'));
    await expect(
      joinFederation({
        pool: lone.pools.app,
        dataDir: lone.dataDir,
        adcode: '430300',
        nameZh: '湘潭市',
        release: 'test',
        clock,
        invitation,
        fetch: failing,
      }),
    ).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', message: expect.stringContaining(province.url) });
    await lone.registry.refresh();
    expect(lone.registry.trust()).toBeNull();
  } finally {
    await lone.close();
  }
});
