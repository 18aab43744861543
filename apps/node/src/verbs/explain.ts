import { ERRORS, inChinese, type ToldText } from '@xiangjing/scenario-sdk';

/** Exit 2: nothing was done, the input is wrong. Exit 3: a safety check refused. */
const EXIT: Record<string, number> = {
  CONFIG_INVALID: 2,
  INVITATION_INVALID: 3,
  DATABASE_OWNER: 3,
  DATABASE_ROLE: 3,
  MIGRATION_HISTORY: 3,
  REGISTRY_INVALID: 3,
};

/** What PostgreSQL and the system say in their own codes, with what city IT can do about it. */
const SYSTEM: Record<string, readonly [what: string, remedy: string]> = {
  '28P01': ['数据库不认这个登录的口令', '核对 secrets.env 里这个登录的口令，与数据库里设的一致；特殊字符要写成 %XX'],
  '28000': ['数据库不许这个登录进来', '核对登录名，以及数据库的 pg_hba.conf 是否允许它从本机登录'],
  '3D000': ['没有这个数据库', '用 xiangjing db roles --node <代码> --print 生成建库语句，或核对地址里的库名'],
  '42501': ['数据库登录缺少权限', '核对五个登录是否各填在自己的位置'],
  '53300': ['数据库的连接数用完了', '稍后再试，或请数据库管理员提高 max_connections'],
  '57P03': ['数据库正在启动或停止', '等几秒再试'],
  ECONNREFUSED: ['连不上', '核对地址和端口，看对方（数据库或省节点）是否已启动'],
  ECONNRESET: ['连接被对方断开', '稍后再试；一直这样就查对方的日志和中间的防火墙'],
  ETIMEDOUT: ['连接超时', '查网络、路由和防火墙'],
  ENOTFOUND: ['查不到这个主机名', '核对地址里的主机名，以及本机的域名解析'],
  EAI_AGAIN: ['域名解析没有应答', '查本机的域名解析，稍后再试'],
  EACCES: ['没有读写权限', '用运行节点的用户执行（sudo -u xiangjing），并核对文件的属主'],
  ENOENT: ['没有这个文件或目录', '核对路径'],
  ENOSPC: ['磁盘满了', '清出空间后再试'],
};
const BROKEN = ['程序出错', '把下面的内容交给开发者'] as const;
const ELSE = ['没有做成', '按原文处理；看不懂就交给开发者'] as const;

interface Thrown extends Error {
  code?: string;
  remedy?: string;
}

/** What failed, in Chinese, what to type next, and behind it what was said in English. */
export function explain(error: unknown): { lines: string[]; exitCode: number } {
  const thrown: Thrown = error instanceof Error ? error : new Error(String(error));
  const code = thrown.code ?? 'INTERNAL';
  const { message, remedy, detail } = tell(code, thrown);
  const isBroken = code === 'INTERNAL' || code.startsWith('ERR_');
  return {
    lines: [
      `${code}: ${message}`,
      ...(remedy ? [`→ ${remedy}`] : []),
      ...(detail ? [`  原文：${detail}`] : []),
      ...(isBroken && thrown.stack ? [thrown.stack] : []),
    ],
    exitCode: EXIT[code] ?? 1,
  };
}

function tell(code: string, { message, remedy = '' }: Thrown): ToldText {
  const told = inChinese({ code, message, remedy });
  if (Object.hasOwn(ERRORS, code) && code !== 'INTERNAL') return told;
  const [what, todo] = SYSTEM[code] ?? (code === 'INTERNAL' || code.startsWith('ERR_') ? BROKEN : ELSE);
  const isTold = told.message === message; // a message of ours stays, whatever its code
  return { ...told, message: isTold ? message : what, remedy: remedy === '' ? todo : told.remedy };
}

/** Why something could not be asked, by what the system says of it; fetch keeps that in its cause. */
export function whyText(error: unknown): string {
  const { message, code, cause } = error as Thrown & { cause?: unknown };
  const [known] = (code !== undefined && SYSTEM[code]) || [];
  if (known) return `${known}，${code}`;
  return cause instanceof Error ? whyText(cause) : message;
}

/** Tells a person, then ends the process with the verb's exit code. */
export function explainAndExit(error: unknown): never {
  const { lines, exitCode } = explain(error);
  console.error(lines.join('\n'));
  process.exit(exitCode);
}
