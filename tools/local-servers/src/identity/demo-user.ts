import { createHash, timingSafeEqual } from 'node:crypto';

export interface DemoUser {
  username: string;
  password: string;
  name: string;
  /** What the user may do, in a few Chinese words; shown beside the name on the sign-in page. */
  note?: string;
  /** Claims of the access token: grants, clearance_level, org_verified … */
  claims: Record<string, unknown>;
}

export interface DemoClient {
  clientId: string;
  clientSecret?: string;
  redirectUris: string[];
  postLogoutRedirectUris?: string[];
  /** Lets scripts change user name and password for a token. */
  passwordGrant?: boolean;
  /** Makes it the service account of another program: with its secret it gets tokens of its own, which carry these grants. */
  serviceGrants?: string[];
}

/** The user with this name and password; takes the same time whichever is wrong. */
export function userOf(users: readonly DemoUser[], username: string, password: string): DemoUser | undefined {
  const user = users.find((known) => known.username === username);
  const isRight = timingSafeEqual(digest(password), digest(user?.password ?? ''));
  return user && isRight ? user : undefined;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
