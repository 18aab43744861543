import { keycloakAdmin } from '@xiangjing/local-servers/keycloak';
import { createKeycloakServices } from '@xiangjing/platform';
import { testKeycloak } from '@xiangjing/platform/testing';
import { createHmac, createPublicKey, createSign, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFederation, type TestFederation, type TestNode } from './support/federation.ts';
import { runVerb } from './support/node-process.ts';
import { opportunity } from './support/records.ts';
import { restClient } from './support/rest-client.ts';

/** A city's service at the province, by a token of the province's realm; and what no node takes, at its REST face. */
const realmUrl = (adcode: string) => `${testKeycloak().url}/realms/xiangjing-${adcode}`;
let federation: TestFederation;
let province: TestNode;
let city: TestNode;

beforeAll(async () => {
  federation = await startFederation({
    nodes: ['430000', '430100'],
    config: (adcode) => ({
      identity: { issuer: realmUrl(adcode), ...(adcode === '430100' ? { services: { '430000': atProvince() } } : {}) },
    }),
  });
  [province, city] = [federation.node('430000'), federation.node('430100')];
});
afterAll(() => federation?.stop());

const account = () => ({
  issuer: realmUrl('430000'),
  clientId: 'peer-430100',
  clientSecret: testKeycloak().serviceSecrets['430100@430000']!,
});
/** A Keycloak that has just started takes its time over the first token. */
const services = (more: { clientSecret?: string } = {}) => createKeycloakServices({ ...account(), timeoutMs: 20_000, ...more });
/** The address is known when the node has its port; the verb below gets the real one from the environment. */
const atProvince = () => ({ url: 'http://127.0.0.1:9', ...account() });

describe('the service account of a city', () => {
  test('is known at the province, reads what a node may, and writes nothing', async () => {
    const rest = restClient(province.url, await services().token());
    expect(await rest.get('/records')).toMatchObject({ status: 200 });
    const written = await rest.post('/records', opportunity(province), { 'idempotency-key': 'tokens-1' });
    expect({ status: written.status, code: written.body.code }).toEqual({ status: 403, code: 'ROLE' });
  });

  test('is of no use at the city itself, nor with the secret of another', async () => {
    const token = await services().token();
    expect(await restClient(city.url, token).get('/records')).toMatchObject({ status: 401, body: { code: 'TOKEN_INVALID' } });
    const wrong = services({ clientSecret: testKeycloak().serviceSecrets['430200@430000']! });
    await expect(wrong.token()).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  });

  test('works by the operator’s check; disabled, it gets nothing more, and its last token goes on to its end', async () => {
    const atWork = JSON.stringify({ '430000': { ...account(), url: province.url } });
    const check = () => runVerb(['identity', 'check', '--config', city.configFile], { XIANGJING_IDENTITY_SERVICES: atWork });
    const good = await check();
    expect(good.code, good.stdout + good.stderr).toBe(0);

    const last = restClient(province.url, await services().token());
    const admin = keycloakAdmin(testKeycloak());
    const { body: clients } = await admin<{ id: string }[]>('GET', '/xiangjing-430000/clients?clientId=peer-430100');
    const client = clients[0]!;
    await admin('PUT', `/xiangjing-430000/clients/${client.id}`, { ...client, enabled: false });
    try {
      const bad = await check();
      expect(bad.code).toBe(1);
      expect(bad.stdout).toContain('异常  在湖南省节点的服务账号 peer-430100');
      expect((await last.get('/records')).status).toBe(200);
    } finally {
      await admin('PUT', `/xiangjing-430000/clients/${client.id}`, { ...client, enabled: true });
    }
  });
});

describe('no node takes', () => {
  let genuine: { access_token: string; refresh_token: string; id_token: string };
  let key: JsonWebKey & { kid: string };
  beforeAll(async () => {
    genuine = await tokens('430100', 'xiangjing-scripts', 'openid');
    const { keys } = (await (await fetch(`${realmUrl('430100')}/protocol/openid-connect/certs`)).json()) as { keys: (typeof key)[] };
    key = keys.find(({ alg }) => alg === 'RS256')!;
  });
  async function tokens(adcode: string, client: string, scope = 'profile'): Promise<typeof genuine> {
    const form = new URLSearchParams({ grant_type: 'password', client_id: client, scope, ...testKeycloak().person });
    const response = await fetch(`${realmUrl(adcode)}/protocol/openid-connect/token`, { method: 'POST', body: form });
    return (await response.json()) as typeof genuine;
  }
  const json = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = (change: object = {}) => {
    const body = JSON.parse(Buffer.from(genuine.access_token.split('.')[1]!, 'base64url').toString()) as object;
    return json({ ...body, ...change });
  };
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const forged = (header: object, change?: object) => {
    const input = `${json(header)}.${claims(change)}`;
    return `${input}.${createSign('RSA-SHA256').update(input).sign(stranger).toString('base64url')}`;
  };
  const attacks: [string, () => string | Promise<string>, string][] = [
    ['a person’s token of another node', async () => (await tokens('430200', 'xiangjing-scripts')).access_token, 'TOKEN_INVALID'],
    ['a token of the realm for something else', async () => (await tokens('430100', 'admin-cli')).access_token, 'AUDIENCE'],
    ['an ID token', () => genuine.id_token, 'AUDIENCE'],
    ['a refresh token', () => genuine.refresh_token, 'TOKEN_INVALID'],
    ['more rights written in', () => parts(1, claims({ grants: ['steward@4301'] })), 'TOKEN_INVALID'],
    ['a longer life written in', () => parts(1, claims({ exp: 9_999_999_999 })), 'TOKEN_INVALID'],
    ['the algorithm none', () => `${json({ alg: 'none', typ: 'JWT' })}.${claims()}.`, 'TOKEN_INVALID'],
    ['the public key as an HMAC secret', hmac, 'TOKEN_INVALID'],
    ['a stranger’s signature under the realm’s kid', () => forged({ alg: 'RS256', kid: key.kid }), 'TOKEN_INVALID'],
    ['a stranger’s signature under an unknown kid', () => forged({ alg: 'RS256', kid: 'k9' }), 'TOKEN_INVALID'],
    ['a key that the token brings along', () => forged({ alg: 'RS256', jku: 'http://127.0.0.1:9/certs', kid: 'k9' }), 'TOKEN_INVALID'],
    ['a cut token', () => genuine.access_token.slice(0, -9), 'TOKEN_INVALID'],
  ];
  const parts = (at: number, part: string) =>
    genuine.access_token
      .split('.')
      .map((own, i) => (i === at ? part : own))
      .join('.');
  function hmac(): string {
    const pem = createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const input = `${json({ alg: 'HS256', kid: key.kid })}.${claims()}`;
    return `${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`;
  }

  test.each(attacks)('%s', async (_, make, code) => {
    expect((await restClient(city.url, genuine.access_token).get('/records')).status).toBe(200);
    const token = await make();
    const reply = await restClient(city.url, token).get('/records');
    expect({ status: reply.status, code: reply.body.code }, reply.text).toEqual({ status: 401, code });
    expect(reply.body.remedy).toBeTruthy();
    expect(reply.text + city.output()).not.toContain(token.split('.')[1]!);
  });
});
