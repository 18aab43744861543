import { NODES, parseRoleGrant, isWithin, Role } from '@xiangjing/scenario-sdk';
import { expect, it } from 'vitest';
import { demoUsersOf } from './demo-users.ts';
import { organisationsOf } from './seeds/organisations.ts';

const grantsOf = (adcode: string) => demoUsersOf(adcode, 'x').flatMap((u) => u.claims['grants'] as string[]);

it('has grants that every node can read, none outside its territory', () => {
  for (const { adcode } of NODES) {
    const grants = grantsOf(adcode).map((text) => ({ text, grant: parseRoleGrant(text) }));
    for (const { text, grant } of grants) {
      expect(grant, text).toBeDefined();
      if (grant?.scope.type === 'region') expect(isWithin(grant.scope.adcode.padEnd(6, '0'), adcode), text).toBe(true);
    }
  }
});

it('has a user for each role, the county’s included, and an account for each organisation', () => {
  const users = demoUsersOf('430100', 'x');
  const roles = new Set(grantsOf('430100').map((text) => parseRoleGrant(text)?.role));
  for (const role of Role.options.filter((r) => r !== 'analyst')) expect(roles.has(role), role).toBe(true);
  expect(users.find((u) => u.username === 'county')?.claims['grants']).toEqual(['coordinator@430102']);
  for (const o of organisationsOf('430100')) expect(users.filter((u) => u.username === o.owner)).toHaveLength(1);
  expect(new Set(users.map((u) => u.username)).size).toBe(users.length);
  expect(demoUsersOf('430000', 'x').map((u) => u.username)).toContain('analyst');
});
