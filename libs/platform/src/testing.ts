import { inject } from 'vitest';

/** The broker of this run: SCRAM and ACLs on, every node of the federation a user, no topics. Started by tools/local-servers. */
export interface TestKafka {
  brokers: string[];
  admin: { username: string; password: string };
  /** Password of each user `xiangjing-<adcode>`. */
  passwords: Record<string, string>;
  /** Folder of the segment files. */
  dataDir: string;
}
/** The Keycloak of this run, with a realm for 430000, 430100 and 430200 made from infra/keycloak. */
export interface TestKeycloak {
  url: string;
  /** A service account with full rights, in realm `master`. */
  admin: { clientId: string; clientSecret: string };
  /** Secret of the service client in realm `xiangjing-<of>` that node `<from>` signs in with, by `<from>@<of>`. */
  serviceSecrets: Record<string, string>;
  /** Secret of the tokens' audience client `xiangjing-<adcode>`, by adcode: with it a node asks about a token. */
  audienceSecrets: Record<string, string>;
  /** A coordinator in each realm; `xiangjing-scripts` changes name and password for a token. */
  person: { username: string; password: string };
}

declare module 'vitest' {
  interface ProvidedContext {
    kafka: TestKafka;
    keycloak: TestKeycloak;
  }
}

export const testKafka = (): TestKafka => inject('kafka');
export const testKeycloak = (): TestKeycloak => inject('keycloak');

export { startAttackIssuer, type AttackIssuer } from './testing/attack-issuer.ts';
export { signed, type PublishedKey, type TokenBench } from './testing/token-bench.ts';
export { tokenVerifierSuite, type MakeVerifier } from './testing/token-verifier-suite.ts';
