import { startAttackIssuer } from '../testing/attack-issuer.ts';
import { tokenVerifierSuite } from '../testing/token-verifier-suite.ts';
import { createGrantManagerVerifier } from './grant-manager-verifier.ts';

tokenVerifierSuite('keycloak-connect, attack issuer', createGrantManagerVerifier, startAttackIssuer);
