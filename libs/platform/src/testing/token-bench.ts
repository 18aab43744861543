import { createSign, type KeyObject } from 'node:crypto';
import { SignJWT, type JWTPayload } from 'jose';

/** An identity server, and what a suite needs of it to attack its verifiers. */
export interface TokenBench {
  issuer: string;
  audience: string;
  /** An access token as the issuer makes it for a caller of `audience`. */
  good(): Promise<string>;
  /** An RSA key whose public half the issuer publishes under `kid`: whoever holds it can forge any claim. */
  key: PublishedKey;
  /** The same, of P-256. */
  ecKey?: PublishedKey;
  /** Genuine tokens that are no access tokens for `audience`: by what they are. */
  foreign(): Promise<Record<string, string>>;
  [Symbol.asyncDispose](): Promise<void>;
}
export interface PublishedKey {
  privateKey: KeyObject;
  kid: string;
}

export const secondsNow = (): number => Math.floor(Date.now() / 1000);

export const goodClaims = ({ issuer, audience }: Pick<TokenBench, 'issuer' | 'audience'>): JWTPayload => ({
  iss: issuer,
  aud: audience,
  sub: 'u1',
  typ: 'Bearer',
  azp: 'xiangjing-portal',
  iat: secondsNow() - 10,
  exp: secondsNow() + 300,
  grants: ['coordinator@4301'],
});

export const without = (claims: JWTPayload, name: string): JWTPayload =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));

export const signed = (claims: JWTPayload, { privateKey, kid }: PublishedKey, alg = 'RS256'): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(privateKey);

/** A genuine RS256 signature over any header and body at all. */
export function signedAs(header: object, body: string, { privateKey }: PublishedKey): string {
  const input = `${base64url(JSON.stringify(header))}.${base64url(body)}`;
  return `${input}.${createSign('RSA-SHA256').update(input).sign(privateKey).toString('base64url')}`;
}

export const base64url = (text: string): string => Buffer.from(text).toString('base64url');
