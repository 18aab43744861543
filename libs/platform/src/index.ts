export { ConfigError, type ConfigFault } from './config/config-error.ts';
export { configOrigins, type ConfigOrigin } from './config/config-origins.ts';
export { loadConfig } from './config/load-config.ts';
export { nearest } from './config/nearest.ts';
export type { ConfigSource } from './config/read-sources.ts';

export { createHttpServer, type HttpServerOptions } from './http/create-http-server.ts';
export { findForbiddenKey } from './http/json-body.ts';
export { listen, PortTakenError } from './http/listen.ts';
export { defaultProblemOf, HttpFaultError, httpFaultOf, type HttpFault, type Problem } from './http/problem.ts';
export { nameRequest } from './http/request-telemetry.ts';
export type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

export { createSignIn, type SignIn, type SignInFlow, type SignInOptions, type SignInTokens } from './identity/sign-in.ts';
export { createGrantManagerVerifier } from './identity/grant-manager-verifier.ts';
export { createKeycloakServices, type KeycloakServices, type KeycloakServicesOptions } from './identity/keycloak-services.ts';
export type { Claims } from './identity/token-checks.ts';
export { isClientRefused, type Diagnosis } from './identity/diagnosis.ts';
export { TokenError } from './identity/token-error.ts';
export { createTokenVerifier, type TokenVerifier, type TokenVerifierOptions } from './identity/token-verifier.ts';

export { createLogger, type Logger, type LoggerOptions, type LogLevel } from './log/create-logger.ts';
export { ModuleGraphError, startModules, startOrder, type Module } from './start-modules.ts';
export { SealError, sealer, type Sealer } from './sealer.ts';

export { measureCall } from './telemetry/measure-call.ts';
export { startTelemetry, type Meter, type Telemetry, type TelemetryOptions, type Tracer } from './telemetry/start-telemetry.ts';
export { currentTraceId, currentTraceparent, withTraceparent } from './telemetry/traceparent.ts';
