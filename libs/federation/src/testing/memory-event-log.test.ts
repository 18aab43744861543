import { generateKeyPairSync } from 'node:crypto';
import { signerOf, type Signer } from '../registry/keys.ts';
import { describeEventLog } from './event-log-suite.ts';
import { createMemoryBroker } from './memory-event-log.ts';

describeEventLog('memory, for tests of what stands on it', async () => {
  const broker = createMemoryBroker();
  const signers = new Map<string, Signer>();
  return {
    signer(adcode) {
      const signer = signers.get(adcode) ?? signerOf(adcode, generateKeyPairSync('ed25519').privateKey);
      signers.set(adcode, signer);
      return signer;
    },
    open: async (adcode) => broker.open(adcode),
    [Symbol.asyncDispose]: async () => {},
  };
});
