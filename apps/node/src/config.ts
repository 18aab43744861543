import { isWithin, NODES, PROVINCE, z } from '@xiangjing/scenario-sdk';
import { TARGET_NAMES } from './target-names.ts';

/** The one schema of a node's configuration, for the YAML file and for `XIANGJING_*` variables alike. */
const Url = z.url({ protocol: /^https?$/, message: '应为 http 或 https 地址' });
const RealmUrl = Url.regex(/\/realms\/[^/]+$/, '应写成 https://身份服务/realms/领域，末尾没有斜线');
const DatabaseUrl = z.url({ protocol: /^postgres(ql)?$/, message: '应写成 postgresql://用户:密码@主机:端口/数据库' });

const ADCODES = NODES.map(({ adcode }) => adcode);

const KafkaLogin = z.strictObject({ username: z.string().min(1), password: z.string().min(1) });
/** The brokers of the province's cluster; without this section feeds travel by HTTPS alone. */
const KafkaConfig = z.strictObject({
  brokers: z.array(z.string().regex(/^(\[[0-9a-fA-F:]+\]|[^\s:/]+):\d{1,5}$/, '应写成 主机:端口')).min(1),
  /** SCRAM-SHA-512; the user is `xiangjing-<adcode>`. Leave both out where the certificate is the login. */
  username: z.string().optional(),
  password: z.string().optional(),
  tls: z
    .union(
      [z.boolean(), z.strictObject({ caFile: z.string().optional(), certFile: z.string().optional(), keyFile: z.string().optional() })],
      '应是开关，或证书文件 { caFile: …, certFile: …, keyFile: … }',
    )
    .default(false),
  /** At the province, for `federation topics` alone: who may make topics and rights. */
  admin: KafkaLogin.optional(),
  replication: z.strictObject({ factor: z.number().int().min(1).default(3), minInSync: z.number().int().min(1).default(2) }).prefault({}),
  retentionDays: z.number().int().min(1).default(30),
});

export const NodeConfig = z
  .strictObject({
    node: z.strictObject({
      adcode: z.enum(ADCODES, '应为省或 14 个市州之一的代码'),
      mode: z.enum(['production', 'demo']).default('production'),
      hostUnit: z.string().default(''),
      footer: z
        .strictObject({
          organiser: z.string().default(''),
          operator: z.string().default(''),
          siteCode: z.string().default(''),
          icp: z.string().default(''),
          publicSecurity: z.string().default(''),
          contact: z.string().default(''),
        })
        .prefault({}),
    }),
    http: z.strictObject({
      host: z.string().default('127.0.0.1'),
      port: z.number().int().min(0).max(65535),
      publicUrl: Url,
      bodyLimitBytes: z
        .number()
        .int()
        .default(1024 * 1024),
    }),
    database: z.strictObject({
      ownerUrl: DatabaseUrl,
      appUrl: DatabaseUrl,
      egressUrl: DatabaseUrl,
      publisherUrl: DatabaseUrl,
      applyUrl: DatabaseUrl,
    }),
    identity: z.strictObject({
      issuer: Url.optional(),
      audience: z.string().optional(),
      clientId: z.string().default('xiangjing-portal'),
      clientSecret: z.string().optional(),
      demoUsersFile: z.string().optional(),
      /** How old a browser session's token may be before the issuer is asked whether it still holds: the bound of a revocation. */
      recheckMs: z.number().int().min(1000).default(60_000),
      /** Service accounts of this node at other nodes, by their adcode. */
      services: z
        .partialRecord(
          z.enum(ADCODES),
          z.strictObject({ url: Url, issuer: RealmUrl, clientId: z.string().min(1), clientSecret: z.string().min(1) }),
        )
        .default({})
        .meta({ secret: true }),
    }),
    dataDir: z.string().min(1),
    federation: z
      .strictObject({
        provinceUrl: Url.optional(),
        heartbeatMs: z.number().int().min(100).default(10_000),
        longPollMs: z.number().int().min(100).max(25_000).default(25_000),
        kafka: KafkaConfig.optional(),
      })
      .prefault({}),
    telemetry: z.strictObject({ otlpUrl: Url.optional() }).prefault({}),
    log: z.strictObject({ level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info') }).prefault({}),
    targets: z.union([z.literal('all'), z.array(z.enum(TARGET_NAMES)).min(1)], '应写成 all，或几项服务的列表').default('all'),
    peers: z.partialRecord(z.enum(TARGET_NAMES), Url).default({}),
    plugins: z.strictObject({ exclude: z.array(z.string()).default([]) }).prefault({}),
  })
  .check((ctx) => {
    const c = ctx.value;
    const fault = (path: string[], message: string) => ctx.issues.push({ code: 'custom', path, message, input: c });
    if (c.node.adcode !== PROVINCE && !isWithin(c.node.adcode, PROVINCE)) fault(['node', 'adcode'], '不在 430000 省内');
    const { kafka } = c.federation;
    if (kafka && (kafka.username === undefined) !== (kafka.password === undefined))
      fault(['federation', 'kafka', 'password'], '用户名和口令要么都填，要么都不填（用证书登录时）');
    if (kafka && kafka.replication.minInSync > kafka.replication.factor)
      fault(['federation', 'kafka', 'replication', 'minInSync'], '不能多于副本数 factor');
    if (c.identity.services[c.node.adcode]) fault(['identity', 'services'], '不能有本节点自己的一项');
    if (c.node.mode !== 'production') return;
    for (const [place, login] of Object.entries({ password: kafka, admin: kafka?.admin }))
      if (login?.password !== undefined && isDefaultSecret(login.password, login.username ?? ''))
        fault(['federation', 'kafka', place], '是默认口令；请设 12 位以上的口令');
    if (kafka && kafka.username !== undefined && kafka.tls === false && !isLoopback(kafka.brokers))
      fault(['federation', 'kafka', 'tls'], '口令不能明文过网：请设 tls: true 或给出证书文件');
    if (!c.identity.issuer) fault(['identity', 'issuer'], '生产模式必须填写：演示用的身份服务不在生产中运行');
    if (c.identity.demoUsersFile) fault(['identity', 'demoUsersFile'], '属于演示，生产模式不接受');
    if (c.identity.clientSecret !== undefined && isDefaultSecret(c.identity.clientSecret, c.identity.clientId))
      fault(['identity', 'clientSecret'], '是默认值；请换成这个客户端自己的密钥');
    for (const [adcode, service] of Object.entries(c.identity.services))
      if (service && isDefaultSecret(service.clientSecret, service.clientId))
        fault(['identity', 'services', adcode, 'clientSecret'], '是默认值；请换成这个服务账号自己的密钥');
    for (const [key, url] of Object.entries(c.database)) {
      const login = loginIn(url);
      if (login === 'malformed') fault(['database', key], '用户名或密码中的百分号编码有误；% 本身写作 %25');
      else if (login && isDefaultSecret(login.password, login.user))
        fault(['database', key], '没有密码或用了默认密码；请设 12 位以上的密码');
    }
  });
export type NodeConfig = z.infer<typeof NodeConfig>;

/** Undefined for what is no address: that fault is told by the schema. */
function loginIn(url: string): { user: string; password: string } | 'malformed' | undefined {
  if (!URL.canParse(url)) return undefined;
  const { username, password } = new URL(url);
  try {
    return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return 'malformed';
  }
}

const isLoopback = (brokers: readonly string[]): boolean => brokers.every((broker) => /^(127\.|localhost:|\[::1\])/.test(broker));

const WELL_KNOWN = ['postgres', 'password', 'xiangjing', 'changeme', 'secret', 'admin', '123456', 'xiangjing-demo'];
const isDefaultSecret = (secret: string, user: string): boolean =>
  secret.length < 12 || secret === user || WELL_KNOWN.includes(secret.toLowerCase());
