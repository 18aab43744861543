import type { Queryable } from '@xiangjing/db';
import { DomainError } from '@xiangjing/scenario-sdk';
import type { Clock } from '../clock.ts';
import { createRootKey, ensureNodeKey } from './keys.ts';
import { storeRegistry } from './registry-store.ts';
import { PROVINCE_VIEWS, registryKeyOf, signRegistry, type RegistryDocument } from './registry.ts';
import { writeTrust } from './trust.ts';

export interface InitRegistryOptions {
  /** The app login. */
  pool: Queryable;
  dataDir: string;
  adcode: string;
  nameZh: string;
  /** Where cities reach this node. */
  url: string;
  release: string;
  clock: Clock;
}

/** At the province, once: makes the root key and the node's key, and signs version 1 of the registry with this node in it. */
export async function initRegistry({ pool, dataDir, adcode, nameZh, url, release, clock }: InitRegistryOptions): Promise<RegistryDocument> {
  const { rows } = await pool.query<{ version: number }>('select version from registry limit 1');
  if (rows.length > 0)
    throw new DomainError('REGISTRY_EXISTS', 'this node has a registry already', { remedy: 'invite nodes: xiangjing federation invite' });
  const root = await createRootKey(dataDir, adcode);
  const key = await ensureNodeKey(dataDir, adcode);
  const now = clock.now();
  const document: RegistryDocument = {
    version: 1,
    issuedAt: now.toISOString(),
    nodes: [{ adcode, nameZh, url, keys: [registryKeyOf(key, now)], views: PROVINCE_VIEWS, release }],
  };
  await writeTrust(dataDir, { provinceUrl: url, province: adcode, root: { kid: root.kid, publicKey: root.publicKey } });
  await storeRegistry(pool, document, signRegistry(document, root));
  return document;
}
