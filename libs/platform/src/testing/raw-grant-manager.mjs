// The control: keycloak-connect's grant manager as it comes, in a process of its own, against a realm in trouble.
// argv: server address, what to do. Says `refused`, `pending` or `passed`; an uncaught exception ends it with exit code 1.
import Keycloak from 'keycloak-connect';

const [, , server, what, ...tokens] = process.argv;
const config = { realm: 'hunan', 'auth-server-url': server, resource: 'xiangjing-430100', 'verify-token-audience': true };
const { grantManager } = new Keycloak(
  {},
  { ...config, ...(what === 'verify' ? { 'bearer-only': true } : { credentials: { secret: 's' } }) },
);
const call = {
  // All of them to their end: the first refusal would end the process before the others have asked for keys.
  verify: async () => {
    const ends = await Promise.allSettled(tokens.map((access_token) => grantManager.createGrant({ access_token })));
    if (ends.some(({ status }) => status === 'rejected')) throw new Error('refused');
  },
  introspect: () => grantManager.validateAccessToken(tokens[0]),
}[what];
const outcome = await Promise.race([
  call().then(
    () => 'passed',
    () => 'refused',
  ),
  new Promise((resolve) => setTimeout(resolve, 2_000, 'pending')),
]);
console.log(outcome);
process.exit(0);
