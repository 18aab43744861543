import { findNode, isWithin, PROVINCE, z } from '@xiangjing/scenario-sdk';
import { TARGET_NAMES } from './target-names.ts';

/** The one schema of a node's configuration, for the YAML file and for `XIANGJING_*` variables alike. */
const Url = z.url({ protocol: /^https?$/, message: 'must be an http or https address' });
const DatabaseUrl = z.url({ protocol: /^postgres(ql)?$/, message: 'must read postgresql://user:password@host:port/database' });

export const NodeConfig = z
  .strictObject({
    node: z.strictObject({
      adcode: z.string().refine((a) => findNode(a) !== undefined, 'must be 430000 or the code of one of the 14 prefectures'),
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
    }),
    dataDir: z.string().min(1),
    federation: z
      .strictObject({
        provinceUrl: Url.optional(),
        heartbeatMs: z.number().int().min(100).default(10_000),
        longPollMs: z.number().int().min(100).max(25_000).default(25_000),
      })
      .prefault({}),
    telemetry: z.strictObject({ otlpUrl: Url.optional() }).prefault({}),
    log: z.strictObject({ level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info') }).prefault({}),
    targets: z.union([z.literal('all'), z.array(z.enum(TARGET_NAMES)).min(1)]).default('all'),
    peers: z.partialRecord(z.enum(TARGET_NAMES), Url).default({}),
    plugins: z.strictObject({ exclude: z.array(z.string()).default([]) }).prefault({}),
  })
  .check((ctx) => {
    const c = ctx.value;
    const fault = (path: string[], message: string) => ctx.issues.push({ code: 'custom', path, message, input: c });
    if (c.node.adcode !== PROVINCE && !isWithin(c.node.adcode, PROVINCE)) fault(['node', 'adcode'], 'lies outside the province 430000');
    if (c.node.mode !== 'production') return;
    if (!c.identity.issuer) fault(['identity', 'issuer'], 'is needed in production: the demo identity provider never runs there');
    if (c.identity.demoUsersFile) fault(['identity', 'demoUsersFile'], 'belongs to the demo and is refused in production');
    if (c.identity.clientSecret !== undefined && isDefaultSecret(c.identity.clientSecret, c.identity.clientId))
      fault(['identity', 'clientSecret'], 'is a default value; give the client a secret of its own');
    for (const [key, url] of Object.entries(c.database)) {
      const { username, password } = new URL(url);
      if (isDefaultSecret(decodeURIComponent(password), decodeURIComponent(username)))
        fault(['database', key], 'has no password or a default one; set a password of at least 12 characters');
    }
  });
export type NodeConfig = z.infer<typeof NodeConfig>;

const WELL_KNOWN = ['postgres', 'password', 'xiangjing', 'changeme', 'secret', 'admin', '123456', 'xiangjing-demo'];
const isDefaultSecret = (secret: string, user: string): boolean =>
  secret.length < 12 || secret === user || WELL_KNOWN.includes(secret.toLowerCase());
