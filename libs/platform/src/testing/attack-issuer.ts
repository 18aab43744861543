import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';
import { exportJWK } from 'jose';
import { goodClaims, signed, type TokenBench } from './token-bench.ts';

export interface AttackIssuer extends TokenBench {
  counts: { keys: number; discovery: number };
  /** From now on answers all but the discovery document so, and with undefined as it should. */
  misbehave(answer: ((res: ServerResponse) => void) | undefined): void;
}

/** An identity server reduced to its two documents, whose keys are ours. */
export async function startAttackIssuer(audience = 'xiangjing-430100'): Promise<AttackIssuer> {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certs = JSON.stringify({
    keys: [
      { ...(await exportJWK(rsa.publicKey)), kid: 'k1', use: 'sig', alg: 'RS256' },
      { ...(await exportJWK(ec.publicKey)), kid: 'k2', use: 'sig', alg: 'ES256' },
    ],
  });
  const counts = { keys: 0, discovery: 0 };
  let answer: ((res: ServerResponse) => void) | undefined;
  const server = createServer((req, res) => {
    res.setHeader('content-type', 'application/json');
    const isDiscovery = req.url?.endsWith('/openid-configuration');
    counts[isDiscovery ? 'discovery' : 'keys']++;
    if (isDiscovery) res.end(JSON.stringify({ issuer, jwks_uri: `${issuer}/protocol/openid-connect/certs` }));
    else if (answer) answer(res);
    else res.end(certs);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realms/hunan`;
  const key = { privateKey: rsa.privateKey, kid: 'k1' };
  const token = (claims: object) => signed({ ...goodClaims({ issuer, audience }), ...claims }, key);
  return {
    issuer,
    audience,
    counts,
    key,
    ecKey: { privateKey: ec.privateKey, kid: 'k2' },
    good: () => token({}),
    foreign: async () => ({
      'an ID token whose audience fits': await token({ typ: 'ID', nonce: 'n' }),
      'a refresh token': await token({ typ: 'Refresh' }),
      'a token of another realm': await token({ iss: issuer.replace(/hunan$/, 'xiangjing-430200') }),
    }),
    misbehave: (how) => void (answer = how),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
