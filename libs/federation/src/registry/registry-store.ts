import type { Queryable } from '@xiangjing/db';
import { DomainError } from '@xiangjing/scenario-sdk';
import type { Clock } from '../clock.ts';
import { verifyRegistry, type RegistryDocument, type RegistryNode, type SignedRegistry } from './registry.ts';
import { readTrust, type Trust } from './trust.ts';

export interface RegistryStore {
  /** Null until the node has joined. */
  trust(): Trust | null;
  current(): RegistryDocument | null;
  signed(): SignedRegistry | null;
  node(adcode: string): RegistryNode | undefined;
  /** Reads again what is stored, for another process may have written: at most once a second. */
  refresh(): Promise<void>;
  /** Verifies against the root key and stores if newer; REGISTRY_INVALID otherwise. */
  accept(signed: SignedRegistry): Promise<RegistryDocument>;
}

const REFRESH_MS = 1_000;

/** The registry as this node holds it. Every login of the node may read it; `accept` needs the app or the apply login. */
export async function openRegistry({ pool, dataDir }: { pool: Queryable; dataDir: string; clock?: Clock }): Promise<RegistryStore> {
  let trust: Trust | null = null;
  let held: { document: RegistryDocument; signed: SignedRegistry; byAdcode: Map<string, RegistryNode> } | null = null;
  let readAtMs = Number.NEGATIVE_INFINITY;

  async function hold(signed: SignedRegistry): Promise<RegistryDocument> {
    const document = await verifyRegistry(signed, trust!.root);
    if (!held || document.version > held.document.version)
      held = { document, signed, byAdcode: new Map(document.nodes.map((node) => [node.adcode, node])) };
    return document;
  }

  async function read(): Promise<void> {
    trust = await readTrust(dataDir);
    if (!trust) return;
    const { rows } = await pool.query<{ bytes: Buffer; signature: string }>(
      'select bytes, signature from registry where version > $1 order by version desc limit 1',
      [held?.document.version ?? 0],
    );
    if (rows[0]) await hold({ bytes: rows[0].bytes.toString('utf8'), signature: rows[0].signature });
  }

  await read();
  return {
    trust: () => trust,
    current: () => held?.document ?? null,
    signed: () => held?.signed ?? null,
    node: (adcode) => held?.byAdcode.get(adcode),
    async refresh() {
      const now = performance.now();
      if (now - readAtMs < REFRESH_MS) return;
      readAtMs = now;
      await read();
    },
    async accept(signed) {
      if (!trust) throw new DomainError('REGISTRY_INVALID', 'this node has not joined', { remedy: 'xiangjing federation join' });
      const document = await verifyRegistry(signed, trust.root);
      if (held && document.version < held.document.version)
        throw new DomainError('REGISTRY_INVALID', `version ${document.version} is older than ${held.document.version} held`, {
          remedy: 'the province runs on old data: tell its operator',
        });
      await storeRegistry(pool, document, signed);
      return hold(signed);
    },
  };
}

export async function storeRegistry(queryable: Queryable, document: RegistryDocument, signed: SignedRegistry): Promise<void> {
  await queryable.query(
    'insert into registry (version, document, bytes, signature) values ($1, $2, $3, $4) on conflict (version) do nothing',
    [document.version, JSON.stringify(document), Buffer.from(signed.bytes), signed.signature],
  );
}
