import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openFolder } from '../folder.ts';
import { ensureSameIdentity } from './same-identity.ts';

const here = 'http://127.0.0.1:4301';
const keycloak = 'http://127.0.0.1:4338';
const root = mkdtempSync(join(tmpdir(), 'xiangjing-identity-'));
afterAll(() => rmSync(root, { recursive: true }));
const folder = openFolder(root, ['430100'], '2026-01-01');

it('lets people change the identity provider before the seeding and after it, and not in between', () => {
  ensureSameIdentity(folder, '430100', keycloak);
  folder.save({ seeding: { '430100': here } });
  ensureSameIdentity(folder, '430100', here);
  expect(() => ensureSameIdentity(folder, '430100', keycloak)).toThrow(`signed in at ${here}; now it would be ${keycloak}`);
  folder.save({ seeded: ['430100'] });
  ensureSameIdentity(folder, '430100', keycloak);
});
