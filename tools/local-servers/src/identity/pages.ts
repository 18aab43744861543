import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { DemoUser } from './demo-user.ts';

const STYLE = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#f4f7f7;color:#12262c;font:1rem/1.75 "PingFang SC","HarmonyOS Sans SC","MiSans","Source Han Sans SC","Noto Sans CJK SC","Noto Sans SC","Microsoft YaHei",sans-serif}
main{max-width:34rem;margin:0 auto;padding:3rem 1rem}
h1{font-size:1.625rem;line-height:1.35;margin:0 0 .25rem}
.lead{color:#3d5258;margin:0 0 1.5rem}
.card{background:#fff;border:1px solid #d9e1e3;border-top:3px solid #0b5563;padding:1.5rem}
label{display:block;font-weight:600;margin-top:1rem}
input{display:block;width:100%;min-height:2.75rem;padding:.5rem .75rem;font:inherit;color:inherit;background:#fff;border:1px solid #72858b;border-radius:2px}
button{margin-top:1.5rem;min-height:2.75rem;padding:.5rem 2rem;font:inherit;font-weight:600;color:#fff;background:#0b5563;border:0;border-radius:2px}
a{color:#0b5563}
input:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid #ad4e00;outline-offset:2px}
.error{margin:0 0 1rem;padding:.75rem 1rem;background:#fdf1f0;border-left:4px solid #cf1322}
table{width:100%;margin-top:2rem;border-collapse:collapse;font-size:.9375rem}
caption{text-align:left;font-weight:600}
td:nth-child(2){white-space:nowrap}
th,td{text-align:left;vertical-align:top;padding:.5rem .5rem .5rem 0;border-top:1px solid #d9e1e3}
`;
const STYLE_DIGEST = createHash('sha256').update(STYLE).digest('base64');

export interface LoginPage {
  title: string;
  /** The form posts to the page's own address. */
  action: string;
  users: readonly DemoUser[];
  username?: string;
  error?: string;
}

export function loginPage({ title, action, users, username = '', error }: LoginPage): string {
  const described = error === undefined ? '' : ' aria-invalid="true" aria-describedby="error"';
  const rows = users.map(
    (user) =>
      `<tr><th scope="row"><a href="${escape(`${action}?username=${encodeURIComponent(user.username)}`)}">${escape(user.username)}</a></th>` +
      `<td>${escape(user.name)}</td><td>${escape(user.note ?? '')}</td></tr>`,
  );
  return page(
    `${error === undefined ? '' : '错误：'}登录 · ${title}`,
    `<h1>登录</h1><p class="lead">${escape(title)} · 演示身份服务</p>
<div class="card">${error === undefined ? '' : `<p class="error" id="error" role="alert">${escape(error)}</p>`}
<form method="post" action="${escape(action)}">
<label for="username">用户名</label>
<input id="username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required value="${escape(username)}"${described}>
<label for="password">口令</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${described}>
<button type="submit">登录</button>
</form></div>
<table><caption>演示用户（口令由演示程序启动时显示）</caption>
<thead><tr><th scope="col">用户名</th><th scope="col">姓名</th><th scope="col">可以做什么</th></tr></thead>
<tbody>${rows.join('')}</tbody></table>`,
  );
}

/** Asked only when somebody comes without the token that the portal sends along. */
export function logoutPage(title: string, providerForm: string): string {
  return page(
    `退出 · ${title}`,
    `<h1>退出登录</h1><p class="lead">${escape(title)} · 演示身份服务</p>
<div class="card"><p>要退出在本节点的登录吗？</p>${providerForm}<button type="submit" form="op.logoutForm" name="logout" value="yes">退出</button></div>`,
  );
}

export function messagePage(title: string, heading: string, text: string): string {
  return page(
    `${heading} · ${title}`,
    `<h1>${escape(heading)}</h1><p class="lead">${escape(title)} · 演示身份服务</p><div class="card"><p>${escape(text)}</p></div>`,
  );
}

function page(title: string, main: string): string {
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><style>${STYLE}</style></head><body><main>${main}</main></body></html>`;
}

/** `formTargets`: origins a form may end at; browsers count the redirects after the post, too. */
export function sendPage(res: ServerResponse, status: number, html: string, formTargets: readonly string[] = []): void {
  res.writeHead(status, pageHeaders(formTargets)).end(html);
}

export function pageHeaders(formTargets: readonly string[] = []): Record<string, string> {
  const formAction = ["'self'", ...new Set(formTargets)].join(' ');
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_DIGEST}'; form-action ${formAction}; base-uri 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] as string);
