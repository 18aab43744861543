import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Meter, Tracer } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { z } from 'zod';

export type { Meter, Tracer, Logger, FastifyInstance };

// Signatures first; the bodies follow in files of their own.
export interface ConfigFault {
  place: string;
  message: string;
  remedy: string;
}
export declare class ConfigError extends Error {
  readonly code: 'CONFIG_INVALID';
  readonly faults: readonly ConfigFault[];
  readonly remedy: string;
}
export interface ConfigSource {
  /** Path of a YAML file; or its text. Neither: environment only. */
  file?: string;
  text?: string;
  env: Record<string, string | undefined>;
  /** `XIANGJING_` */
  prefix: string;
  /** Variables with the prefix that somebody else reads, such as XIANGJING_BROWSER. */
  otherKnown?: readonly string[];
}
export declare function loadConfig<S extends z.ZodObject>(schema: S, source: ConfigSource): z.infer<S>;
export interface ConfigOrigin {
  path: string;
  variable: string;
  origin: 'environment' | 'file' | 'default' | 'unset';
  /** As text; secrets and passwords inside addresses are masked. */
  value: string;
}
export declare function configOrigins<S extends z.ZodObject>(schema: S, source: ConfigSource): ConfigOrigin[];

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
export interface LoggerOptions {
  level: LogLevel;
  bindings?: Record<string, unknown>;
  destination?: 'stdout' | 'stderr' | { write(line: string): void };
}
export declare function createLogger(options: LoggerOptions): Logger;

export interface Telemetry {
  meter: Meter;
  tracer: Tracer;
  metricsHandler(req: IncomingMessage, res: ServerResponse): void;
  shutdown(): Promise<void>;
}
export interface TelemetryOptions {
  serviceName: string;
  attributes: Record<string, string>;
  otlpUrl?: string;
  exportIntervalMs?: number;
}
export declare function startTelemetry(options: TelemetryOptions): Telemetry;
/** W3C traceparent of the active span. */
export declare function currentTraceparent(): string | undefined;
/** Trace id of the active span (32 hex digits). */
export declare function currentTraceId(): string | undefined;
/** Runs `fn` in a span that continues `traceparent` (a new trace if absent or malformed). */
export declare function withTraceparent<T>(traceparent: string | null | undefined, name: string, fn: () => Promise<T>): Promise<T>;
/** Rate, errors and duration of one procedure, and a span; for the tRPC middleware. */
export declare function measureCall<T>(procedure: string, fn: () => Promise<T>): Promise<T>;

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  remedy: string;
  instance?: string;
  traceId: string;
  errors: { pointer: string; code: string; message: string; remedy: string }[];
}
export interface HttpServerOptions {
  log: Logger;
  bodyLimitBytes: number;
  trustProxy?: boolean | string | string[];
  /** Asked before the router with the raw request; true means it answers itself. */
  before?: (req: IncomingMessage, res: ServerResponse) => boolean;
  /** Shapes an error that a route threw; default: HTTP faults of the framework and errors with code and status, else INTERNAL. */
  problemOf?: (error: unknown, at: { traceId: string; instance: string }) => Problem;
}
/** `request.traceId` is the trace id of its span. */
export declare function createHttpServer(options: HttpServerOptions): FastifyInstance;
export declare function listen(app: FastifyInstance, at: { host: string; port: number }): Promise<{ url: string; port: number }>;
export declare class PortTakenError extends Error {
  readonly code: 'PORT_TAKEN';
  readonly port: number;
  readonly remedy: string;
}
/** The name under which the request's span and figures stand, where the route pattern says too little. */
export declare function nameRequest(request: FastifyRequest, name: string): void;
/** JSON pointer of the first `__proto__`, `constructor` or `prototype` key, for bodies that another parser read. */
export declare function findForbiddenKey(value: unknown): string | undefined;
/** The framework's own fault (bad JSON, 413, 415 …) as code, status and texts; undefined for any other error. */
export declare function httpFaultOf(
  error: unknown,
): { status: number; code: string; detail: string; remedy: string; pointer?: string } | undefined;

/** Checked claims of an access token; what else the token says stays beside them, unread. */
export interface Claims {
  iss: string;
  sub: string;
  aud: string | string[];
  exp: number;
  iat: number;
  typ: 'Bearer';
  azp?: string;
  preferred_username?: string;
  name?: string;
  acr?: string;
  [claim: string]: unknown;
}
export interface TokenVerifier {
  verify(token: string): Promise<Claims>;
}
export declare class TokenError extends Error {
  readonly code: 'TOKEN_INVALID' | 'AUDIENCE' | 'UPSTREAM_UNAVAILABLE';
  readonly status: number;
  readonly remedy: string;
}
export interface TokenVerifierOptions {
  issuer: string;
  audience: string;
  /** Default: found through the issuer's discovery document, on first use. */
  jwksUri?: string;
  clock?: { now(): Date };
  timeoutMs?: number;
}
export declare function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier;

export interface SignInOptions {
  issuer: string;
  clientId: string;
  clientSecret?: string;
  redirectUri: string;
  scope?: string;
}
/** What the node keeps, sealed, between the start of a sign-in and the return of the browser. */
export interface SignInFlow {
  state: string;
  nonce: string;
  codeVerifier: string;
}
export interface SignInTokens {
  accessToken: string;
  idToken: string | undefined;
  refreshToken: string | undefined;
  expiresAt: Date;
}
export interface SignIn {
  begin(): Promise<{ url: string; flow: SignInFlow }>;
  /** `callbackUrl` is the whole address the browser came back to. */
  complete(callbackUrl: URL, flow: SignInFlow): Promise<SignInTokens>;
  refresh(refreshToken: string): Promise<SignInTokens>;
  endSessionUrl(options: { idToken?: string; returnTo: string }): Promise<string>;
}
export declare function createSignIn(options: SignInOptions): SignIn;

export interface Module<C> {
  name: string;
  needs: string[];
  start(context: C): Promise<{ stop(): Promise<void> } | void>;
}
export declare function startModules<C>(modules: Module<C>[], context: C): Promise<{ stop(): Promise<void> }>;

export interface Sealer {
  /** `bound` (a session id, say) must be the same at both ends, so that a sealed text cannot be moved elsewhere. */
  seal(text: string, bound?: string): Buffer;
  open(sealed: Buffer, bound?: string): string;
}
export declare function sealer(secret: string): Sealer;
