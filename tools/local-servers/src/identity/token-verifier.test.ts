import { createGrantManagerVerifier, createTokenVerifier } from '@xiangjing/platform';
import { signed, tokenVerifierSuite, type TokenBench } from '@xiangjing/platform/testing';
import { startTestRealm } from '../testing/test-realm.ts';

const users = [{ username: 'cs-owner', password: 'owner-pw', name: '陈示例', claims: { grants: ['owner@org:12430100MB1234567X'] } }];

async function embedded(): Promise<TokenBench> {
  const realm = await startTestRealm({ users });
  const neighbour = await startTestRealm({ users, adcode: '430200' });
  const [, payload = ''] = (await realm.passwordToken('cs-owner')).split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  return {
    ...realm,
    good: () => realm.passwordToken('cs-owner'),
    foreign: async () => ({
      'a token of another realm': await neighbour.passwordToken('cs-owner'),
      'an ID token whose audience fits': await signed({ ...claims, typ: 'ID' }, realm.key),
    }),
    async [Symbol.asyncDispose]() {
      await realm[Symbol.asyncDispose]();
      await neighbour[Symbol.asyncDispose]();
    },
  };
}

tokenVerifierSuite('jose, embedded provider', createTokenVerifier, embedded);
tokenVerifierSuite('keycloak-connect, embedded provider', createGrantManagerVerifier, embedded);
