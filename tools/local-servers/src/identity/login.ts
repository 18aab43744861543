import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { userOf, type DemoUser } from './demo-user.ts';
import { loginPage, messagePage, sendPage } from './pages.ts';

const MAX_FORM_BYTES = 8 * 1024;

export interface LoginOptions {
  provider: Provider;
  users: readonly DemoUser[];
  title: string;
}

/** Shows the form and takes it. The provider's own cookie, bound to this address, says which sign-in it belongs to. */
export async function handleLogin(
  { provider, users, title }: LoginOptions,
  req: IncomingMessage & { originalUrl: string },
  res: ServerResponse,
) {
  const { pathname: action, searchParams } = new URL(req.originalUrl, 'http://node');
  const interaction = await provider.interactionDetails(req, res).catch(() => undefined);
  if (!interaction) {
    sendPage(res, 400, messagePage(title, '登录已过期', '这一次登录已经结束或等得太久。请回到门户，重新点“登录”。'));
    return;
  }
  const { params } = interaction;
  const targets = typeof params['redirect_uri'] === 'string' ? [new URL(params['redirect_uri']).origin] : [];
  const hinted = searchParams.get('username') ?? (typeof params['login_hint'] === 'string' ? params['login_hint'] : '');
  if (req.method !== 'POST') {
    sendPage(res, 200, loginPage({ title, action, users, username: hinted }), targets);
    return;
  }
  const form = await readForm(req);
  const username = form?.get('username') ?? '';
  const user = userOf(users, username, form?.get('password') ?? '');
  if (!user) {
    sendPage(res, 422, loginPage({ title, action, users, username, error: '用户名或口令不对。请对照演示程序显示的用户表再试。' }), targets);
    return;
  }
  await provider.interactionFinished(req, res, { login: { accountId: user.username } });
}

async function readForm(req: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_FORM_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
