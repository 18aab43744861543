import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { realmOf, type Realm } from './realm-of.ts';

const city = { adcode: '430100', publicUrl: 'https://changsha.example/', servicePeers: [] };
const clientOf = (realm: Realm, clientId: string) => realm.clients.find((client) => client.clientId === clientId);

it('fills every placeholder, in whatever it stands', () => {
  for (const adcode of ['430000', '430100']) {
    const text = JSON.stringify(realmOf({ ...city, adcode, nameZh: '“长沙”\\市', servicePeers: ['430200'] }));
    expect(text).not.toContain('XIANGJING_');
    expect(JSON.parse(text)).toMatchObject({ realm: `xiangjing-${adcode}`, displayName: '湘景 · “长沙”\\市' });
  }
});

it('gives the roles of a city the city’s scope, those of the province the province’s and an analyst', () => {
  const names = (adcode: string) => realmOf({ ...city, adcode }).groups.map(({ name }) => name);
  expect(names('430100')).toContain('coordinator@4301');
  expect(names('430100')).toContain('lead@domain:healthcare');
  expect(names('430100')).not.toContain('analyst@4301');
  expect(names('430000')).toContain('analyst@43');
});

it('lets the portal in by its own address alone, with PKCE', () => {
  expect(clientOf(realmOf(city), 'xiangjing-portal')).toMatchObject({
    publicClient: true,
    redirectUris: ['https://changsha.example/auth/callback'],
    attributes: { 'pkce.code.challenge.method': 'S256', 'post.logout.redirect.uris': 'https://changsha.example/' },
  });
  const secret = clientOf(realmOf({ ...city, clientSecret: 's' }), 'xiangjing-portal');
  expect(secret).toMatchObject({ publicClient: false, secret: 's', attributes: { 'pkce.code.challenge.method': 'S256' } });
});

it('gives each peer a client of its own whose tokens are for this node and say who it is', () => {
  const realm = realmOf({ ...city, adcode: '430000', servicePeers: ['430100', '430200'], serviceSecrets: { '430200': 'known' } });
  const [first, second] = ['peer-430100', 'peer-430200'].map((id) => clientOf(realm, id));
  expect(first).not.toHaveProperty('secret'); // Keycloak makes one
  expect(second).toMatchObject({ secret: 'known', serviceAccountsEnabled: true, standardFlowEnabled: false });
  const text = JSON.stringify(second);
  expect(text).toContain('"included.client.audience":"xiangjing-430000"');
  expect(text).toContain(String.raw`[\"peer@430200\"]`);
});

it('makes a user’s grants groups and the other claims attributes; acr is a matter of the sign-in', () => {
  const claims = { grants: ['owner@org:91430100MA4L0XXXXX'], org_verified: true, clearance_level: 'L2', acr: '2' };
  const realm = realmOf({ ...city, users: [{ username: 'wang', password: 'p', name: '王示例', claims }] });
  expect(realm.groups).toContainEqual({ name: 'owner@org:91430100MA4L0XXXXX' });
  expect(realm.passwordPolicy).not.toContain('forceExpired');
  expect(realmOf(city).passwordPolicy).toContain('forceExpired');
  expect(realm.users).toEqual([
    expect.objectContaining({
      lastName: '王示例',
      groups: ['owner@org:91430100MA4L0XXXXX'],
      attributes: { org_verified: ['true'], clearance_level: ['L2'] },
    }),
  ]);
});

describe('the templates', () => {
  const read = (name: string) => readFileSync(new URL(`../../../../infra/keycloak/${name}`, import.meta.url), 'utf8');
  const files = ['realm-province.json', 'realm-city.json', 'peer-client.json'];

  it.each(files)('%s has no user and no secret', (name) => {
    expect(read(name)).not.toMatch(/"(users|secret|credentials)"/);
  });

  it('differ between province and city in the analyst alone', () => {
    const province = JSON.parse(read('realm-province.json')) as Realm;
    const analyst = { name: 'analyst@${XIANGJING_SCOPE}' };
    expect(province.groups).toContainEqual(analyst);
    expect({ ...province, groups: province.groups.filter(({ name }) => name !== analyst.name) }).toEqual(
      JSON.parse(read('realm-city.json')),
    );
  });

  it('declare every attribute that a token carries, to be seen and changed by administrators alone', () => {
    const realm = JSON.parse(read('realm-city.json')) as Realm;
    const components = realm['components'] as Record<string, { config: Record<string, string[]> }[]>;
    const config = components['org.keycloak.userprofile.UserProfileProvider']?.[0]?.config['kc.user.profile.config']?.[0] ?? '';
    const profile = JSON.parse(config) as { attributes: Declared[]; unmanagedAttributePolicy?: string };
    expect(profile.unmanagedAttributePolicy).toBeUndefined();
    const declared = new Map(profile.attributes.map((attribute) => [attribute.name, attribute]));
    const carried = ['clearance_level', 'clearance_pi', 'clearance_safety', 'training_until', 'org_verified'];
    for (const name of carried)
      expect(declared.get(name)).toMatchObject({ permissions: { view: ['admin'], edit: ['admin'] }, validations: expect.anything() });
    for (const { permissions } of profile.attributes) expect(permissions.edit).toEqual(['admin']);
  });
});

interface Declared {
  name: string;
  permissions: { view: string[]; edit: string[] };
}
