/** Why a sign-in did not come through, as far as it makes a difference to what the person should do. */
export type SignInTrouble = 'denied' | 'expired' | 'away' | 'weak' | 'refused';

/** Reads it off our own code and, where the identity server sent the browser back with one, its `error`. */
export function signInTrouble(
  code: string,
  { error, error_description: detail }: Record<string, unknown>,
  isStepUp: boolean,
): SignInTrouble {
  if (code === 'UPSTREAM_UNAVAILABLE') return 'away';
  // Keycloak says so of a page left open too long, and has the browser start again.
  if (error === 'temporarily_unavailable') return detail === 'authentication_expired' ? 'expired' : 'away';
  if (error === 'server_error') return 'away';
  if (isStepUp && error !== undefined) return 'weak';
  return error === 'access_denied' ? 'denied' : 'refused';
}

const PAGES: Record<SignInTrouble, { status: number; title: string; happened: string; next: string }> = {
  denied: {
    status: 403,
    title: '没有登录',
    happened: '登录被取消，或者身份服务不允许这个账号登录本节点。',
    next: '如果是误点，请重新登录；如果确实需要权限，请联系本单位的账号管理员。',
  },
  expired: {
    status: 400,
    title: '登录已过期',
    happened: '这次登录等得太久，或者浏览器没有保存本站的 Cookie。',
    next: '请重新登录；仍然出现时，请在浏览器里允许本站的 Cookie。',
  },
  away: {
    status: 503,
    title: '暂时不能登录',
    happened: '身份服务没有应答。已经登录的人不受影响，公开页面照常可看。',
    next: '请过几分钟再试；一直这样时，请告诉运维员检查身份服务。',
  },
  weak: {
    status: 403,
    title: '没有完成加强登录',
    happened: '这项操作要用动态口令等第二种方式再确认一次，刚才没有完成。',
    next: '请重试；如果账号还没有绑定动态口令，请联系本单位的账号管理员。',
  },
  refused: {
    status: 401,
    title: '登录没有完成',
    happened: '身份服务没有接受这次登录，或者这个登录链接已经用过。',
    next: '请重新登录；再次出现时，请把时间告诉运维员。',
  },
};

const STYLE = `body{margin:0;background:#f4f7f8;color:#1d2b2f;font:1.0625rem/1.7 "Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:36rem;margin:0 auto;padding:3rem 1.25rem}h1{font-size:1.5rem;line-height:1.35}
a{color:#0b5563;display:inline-block;min-height:2.75rem;line-height:2.75rem;margin-right:1.5rem}
a:focus-visible{outline:3px solid #ad4e00;outline-offset:2px}`;

export interface SignInPage {
  returnTo: string;
  isStepUp: boolean;
  nodeName: string;
}

/** A page without script that needs nothing else of the node: what happened, what to do, and the way there. */
export function signInPage(trouble: SignInTrouble, { returnTo, isStepUp, nodeName }: SignInPage): { status: number; html: string } {
  const { status, title, happened, next } = PAGES[trouble];
  const again = `/auth/login?${new URLSearchParams({ returnTo, ...(isStepUp ? { stepUp: '1' } : {}) }).toString()}`;
  const html = `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · 湘景 · ${escape(nodeName)}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1><p>${happened}</p><p>${next}</p>
<p><a href="${escape(again)}">重新登录</a><a href="/">回到首页</a></p></main></body></html>`;
  return { status, html };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] as string);
