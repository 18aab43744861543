import type { IncomingMessage, ServerResponse } from 'node:http';

// Signatures first; the bodies follow in files of their own.
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
}
export interface DemoIdentityOptions {
  /** `http://127.0.0.1:4301/realms/xiangjing-430100`: the last part of the path is the realm. */
  issuer: string;
  audience: string;
  clients: DemoClient[];
  users: DemoUser[];
  /** The signing key is kept here, so that tokens outlive a restart. */
  stateDir: string;
  /** True makes it refuse to start. */
  production?: boolean;
  /** Title of the sign-in page, such as 湘景 · 长沙市. */
  title?: string;
  onServerError?: (error: unknown) => void;
}
export interface DemoIdentity {
  /** True if the request is under the realm and is answered here. */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
}
export declare function createDemoIdentity(options: DemoIdentityOptions): Promise<DemoIdentity>;
