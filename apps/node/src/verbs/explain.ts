interface Told {
  code?: string;
  message: string;
  remedy?: string;
}

/** Exit 2: nothing was done, the input is wrong. Exit 3: a safety check refused. */
const EXIT: Record<string, number> = {
  CONFIG_INVALID: 2,
  INVITATION_INVALID: 3,
  DATABASE_OWNER: 3,
  DATABASE_ROLE: 3,
  MIGRATION_HISTORY: 3,
  REGISTRY_INVALID: 3,
};

/** What PostgreSQL and the network say in their own codes, with what city IT can do about it. */
const REMEDY: Record<string, string> = {
  '28P01': '核对 secrets.env 里这个登录的口令，与数据库里设的一致；特殊字符要写成 %XX',
  '28000': '核对登录名，以及数据库的 pg_hba.conf 是否允许它从本机登录',
  '3D000': '数据库还没有建：用 xiangjing db roles --node <代码> --print 生成建库语句，或核对地址里的库名',
  ECONNREFUSED: '核对地址和端口，看对方（数据库或省节点）是否已启动',
};

/** Tells a person what failed, where, and what to type next; then ends the process with the verb's exit code. */
export function explainAndExit(error: unknown): never {
  const told = (error instanceof Error ? error : new Error(String(error))) as Error & Told;
  const code = told.code ?? 'INTERNAL';
  console.error(`${code}: ${told.message}`);
  const remedy = told.remedy ?? REMEDY[code];
  if (remedy) console.error(`→ ${remedy}`);
  if (code === 'INTERNAL' || code.startsWith('ERR_')) console.error(told.stack);
  process.exit(EXIT[code] ?? 1);
}
