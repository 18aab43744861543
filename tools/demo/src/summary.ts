import type { DemoUser } from '@xiangjing/local-servers';
import { isFurther } from './demo-users.ts';
import type { NodeReport } from './convergence.ts';

const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);
/** Columns count a Chinese character as two. */
const width = (text: string): number => [...text].reduce((n, c) => n + (c.charCodeAt(0) > 0x2e7f ? 2 : 1), 0);
const pad = (text: string, to: number): string => text + ' '.repeat(Math.max(1, to - width(text)));

const STATE_ZH: Record<string, string> = { current: '同步', late: '迟到', silent: '失联', unjoined: '未加入' };

/** The table of a running federation: node, address, own records, replicas, lag, state. */
export function table(reports: readonly NodeReport[], urls: ReadonlyMap<string, string>): string {
  const rows = reports.map((r) => {
    const others = r.nodes.filter((n) => n.state !== 'self' && reports.some((x) => x.node.adcode === n.adcode));
    const lag = Math.max(0, ...r.feeds.map((f) => f.lag));
    const worst = others.map((n) => n.state).find((s) => s !== 'current') ?? 'current';
    const halted = r.feeds.find((f) => f.halted);
    return [
      `${r.node.adcode} ${r.node.nameZh}`,
      urls.get(r.node.adcode) ?? '',
      String(sum(r.own)),
      String(others.reduce((n, o) => n + sum(o.replicas), 0)),
      String(lag),
      halted ? `已停：${halted.halted?.code ?? ''}` : (STATE_ZH[worst] ?? worst),
    ];
  });
  const head = ['节点', '地址', '自有记录', '副本', '滞后', '状态'];
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => width(row[i] ?? ''))) + 2);
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, i) => pad(cell, widths[i] ?? 0))
        .join('')
        .trimEnd(),
    )
    .join('\n');
}

/** How to sign in: the same user names at each city, one password; the command for a token finds this demo on the ports it took. */
export function signIn(at: {
  users: readonly DemoUser[];
  provinceOnly: readonly DemoUser[];
  password: string;
  portBase: number;
  keycloak?: { url: string; console: { username: string; password: string } } | undefined;
}): string {
  const { keycloak } = at;
  const shown = at.users.filter((u) => !isFurther(u.username));
  const line = (u: DemoUser) => `  ${u.username.padEnd(18)}${u.note ?? ''}`;
  return [
    `登录：打开任一节点，点“登录”；每个节点都有这些用户（口令一律 ${at.password}）`,
    ...shown.map(line),
    '  owner-02 …        其余每个示例单位一个账号，登录页上列出',
    ...(at.provinceOnly.length ? ['  只在省节点：', ...at.provinceOnly.map(line)] : []),
    ...(keycloak ? [`Keycloak 管理台：${keycloak.url}/admin，用户 ${keycloak.console.username}，口令 ${keycloak.console.password}`] : []),
    `脚本用令牌：npm run -s token -- --node 430100 --user coordinator --port-base ${at.portBase}`,
  ].join('\n');
}
