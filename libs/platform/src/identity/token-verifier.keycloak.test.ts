import { openKeycloakBench } from '../testing/keycloak-bench.ts';
import { tokenVerifierSuite } from '../testing/token-verifier-suite.ts';
import { createGrantManagerVerifier } from './grant-manager-verifier.ts';
import { createTokenVerifier } from './token-verifier.ts';

tokenVerifierSuite('jose, Keycloak', createTokenVerifier, openKeycloakBench);
tokenVerifierSuite('keycloak-connect, Keycloak', createGrantManagerVerifier, openKeycloakBench);
