import { applyTopics, planTopics, type KafkaConnection, type RegistryDocument, type Signer } from '@xiangjing/federation';
import { startKafka } from '@xiangjing/local-servers/kafka';
import { createLogger } from '@xiangjing/platform';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ScratchKafka {
  registry: RegistryDocument;
  connection(adcode: string): KafkaConnection & { sasl: { username: string; password: string } };
  stop(): Promise<void>;
}

/** A broker of the benchmark's own, with the topics and rights of these nodes; `signers` where somebody checks signatures. */
export async function startScratchKafka(nodes: readonly string[], signers: readonly Signer[] = []): Promise<ScratchKafka> {
  const passwords = Object.fromEntries(nodes.map((adcode) => [`xiangjing-${adcode}`, randomBytes(12).toString('hex')]));
  const runDir = mkdtempSync(join(tmpdir(), 'xiangjing-bench-kafka-'));
  const kafka = await startKafka({ runDir, secure: { passwords } });
  const stop = async () => {
    await kafka.stop();
    rmSync(runDir, { recursive: true, force: true });
  };
  const registry = registryOf(nodes, signers);
  const admin = {
    connection: { brokers: kafka.brokers, sasl: kafka.admin! },
    log: createLogger({ level: 'error', destination: 'stderr' }),
  };
  try {
    await applyTopics(await planTopics({ ...admin, registry, replication: { factor: 1, minInSync: 1 }, retentionMs: 86_400_000 }), admin);
  } catch (error) {
    await stop();
    throw error;
  }
  const connection = (adcode: string) => {
    const username = `xiangjing-${adcode}`;
    return { brokers: kafka.brokers, sasl: { username, password: passwords[username]! } };
  };
  return { registry, connection, stop };
}

/** A registry as far as topics, rights and signatures need it. */
function registryOf(nodes: readonly string[], signers: readonly Signer[]): RegistryDocument {
  const validity = { notBefore: '2020-01-01T00:00:00.000Z', notAfter: '2099-01-01T00:00:00.000Z' };
  return {
    version: 1,
    issuedAt: new Date().toISOString(),
    nodes: nodes.map((adcode) => {
      const { kid, publicKey } = signers.find((signer) => signer.adcode === adcode) ?? { kid: adcode, publicKey: 'A'.repeat(43) };
      return {
        adcode,
        nameZh: adcode,
        url: null,
        keys: [{ kid, alg: 'EdDSA' as const, publicKey, ...validity }],
        views: adcode.endsWith('0000') ? ['up' as const, 'peer' as const] : ['down' as const, 'peer' as const],
        release: 'bench',
      };
    }),
  };
}
