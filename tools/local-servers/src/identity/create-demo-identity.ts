import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DemoClient, DemoUser } from './demo-user.ts';
import { handleLogin } from './login.ts';
import { addPasswordGrant } from './password-grant.ts';
import { realmProvider } from './realm-provider.ts';
import { signingKey } from './signing-key.ts';

export interface DemoIdentityOptions {
  /** `http://127.0.0.1:4301/realms/xiangjing-430100`: the last part of the path is the realm. */
  issuer: string;
  audience: string;
  clients: readonly DemoClient[];
  users: readonly DemoUser[];
  /** The signing key is kept here, so that tokens outlive a restart. */
  stateDir: string;
  /** True makes it refuse to start. */
  production?: boolean;
  /** Heads the sign-in page, such as 湘景 · 长沙市. */
  title?: string;
  onServerError?: (error: unknown) => void;
}

export interface DemoIdentity {
  /** True if the request is under the realm and is answered here. */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
}

export class DemoIdentityRefusedError extends Error {
  readonly code = 'CONFIG_INVALID';
  readonly remedy: string;
  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'DemoIdentityRefusedError';
    this.remedy = remedy;
  }
}

/** An identity server for demo and tests, mounted on a node's own HTTP server before its router. Its users' passwords are public. */
export async function createDemoIdentity(options: DemoIdentityOptions): Promise<DemoIdentity> {
  const { issuer, audience, clients, users, stateDir, title = '湘景', onServerError = () => undefined } = options;
  if (options.production === true) {
    throw new DemoIdentityRefusedError('演示身份服务不能用于生产环境。', '在配置中填写正式的 OIDC 颁发者（identity.issuer）。');
  }
  const { pathname: realmPath } = new URL(issuer);
  if (!/^\/realms\/[\w.-]+$/.test(realmPath)) {
    throw new DemoIdentityRefusedError(`颁发者 ${issuer} 不是 /realms/<realm> 的形式。`, '写成 http://<主机>:<端口>/realms/<realm>。');
  }
  const provider = realmProvider({ issuer, audience, clients, users, title, key: signingKey(stateDir) });
  if (clients.some((client) => client.passwordGrant)) addPasswordGrant(provider, users, audience);
  provider.on('server_error', (_ctx, error) => onServerError(error));
  const route = provider.callback();
  return {
    handle(req, res) {
      const url = req.url ?? '';
      if (url !== realmPath && !url.startsWith(`${realmPath}/`) && !url.startsWith(`${realmPath}?`)) return false;
      // The provider finds its own addresses by comparing the two.
      const inRealm = Object.assign(req, { originalUrl: url, url: url.slice(realmPath.length) || '/' });
      const answered = inRealm.url.startsWith('/login/') ? handleLogin({ provider, users, title }, inRealm, res) : route(inRealm, res);
      answered.catch((error: unknown) => {
        onServerError(error);
        if (!res.headersSent) res.writeHead(500);
        res.end();
      });
      return true;
    },
  };
}
