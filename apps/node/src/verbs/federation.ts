import { createPool } from '@xiangjing/db';
import { createInvitation, fingerprintOf, initRegistry, joinFederation, openRegistry, readInvitation } from '@xiangjing/federation';
import { CITIES, DomainError, findNode, PROVINCE } from '@xiangjing/scenario-sdk';
import { migrate } from '@xiangjing/db';
import { InvalidArgumentError, type Command } from 'commander';
import { mkdir } from 'node:fs/promises';
import type { Pool } from 'pg';
import { configOption } from './config-option.ts';
import type { NodeConfig } from '../config.ts';
import { readNodeConfig } from '../read-config.ts';
import { RELEASE } from '../release.ts';
import { nodeName } from './feed-report.ts';
import { clockText } from './moment-text.ts';
import { topics } from './topics.ts';
import { addWatchingVerbs } from './watching.ts';

const DAY_MS = 24 * 3600_000;

/** Taking part: the key is made on the node, the province signs the registry. */
export function addFederationVerbs(program: Command): void {
  const federation = program.command('federation').description('加入联邦，看收发');

  federation
    .command('init')
    .description('省节点，只做一次：生成根密钥和第一版节点名册')
    .addOption(configOption())
    .action((o: { config: string }) =>
      withNode(o.config, async (config, pool) => {
        if (config.node.adcode !== PROVINCE)
          throw new DomainError('REGISTRY_INVALID', `${config.node.adcode} 是市州节点`, {
            remedy: 'init 只在 430000 运行；市州运行 federation join',
          });
        const registry = await initRegistry({ ...identityOf(config), pool, url: config.http.publicUrl });
        console.log(`节点名册第 ${registry.version} 版已签名；根密钥在 ${config.dataDir}/root.key，请在别处另存一份`);
        console.log('→ 邀请市州：xiangjing federation invite --config <file> --node 430100');
      }),
    );

  federation
    .command('invite')
    .description('省节点：给一个市州生成一行邀请文本')
    .addOption(configOption())
    .requiredOption('--node <adcode>', '市州的代码，如 430100', city)
    .option('--days <n>', '有效几天', days, 7)
    .option('--json', '以 JSON 回答')
    .action((o: { config: string; node: string; days: number; json?: boolean }) =>
      withNode(o.config, async (config, pool) => {
        if (config.node.adcode !== PROVINCE)
          throw new DomainError('REGISTRY_INVALID', `${config.node.adcode} 是市州节点，不能邀请别的节点`, {
            remedy: '请省节点 430000 运行 federation invite',
          });
        const made = await createInvitation({ ...identityOf(config), pool, adcode: o.node, ttlMs: o.days * DAY_MS });
        const registry = (await openRegistry({ pool, dataDir: config.dataDir })).current();
        if (registry?.nodes.some(({ adcode }) => adcode === o.node)) console.error(`${nodeName(o.node)} 已在名册；用这份邀请会换密钥`);
        if (o.json) console.log(JSON.stringify(made));
        else {
          console.log(made.invitation);
          console.error(
            `发给 ${nodeName(o.node)}，${clockText(made.expiresAt.toISOString())} 前有效；请用另一条途径告知对方根密钥指纹，让它 join 时写在 --fingerprint 里：${made.rootKeyFingerprint}`,
          );
        }
      }),
    );

  federation
    .command('join')
    .description('市州：在本机生成密钥，凭邀请加入')
    .addOption(configOption())
    .requiredOption('--invitation <text>', '省里给的那一行')
    .option('--fingerprint <text>', '省里念的根密钥指纹；不同就拒绝加入')
    .action((o: { config: string; invitation: string; fingerprint?: string }) =>
      withNode(o.config, async (config, pool) => {
        const rootKeyFingerprint = o.fingerprint;
        console.log(`根密钥指纹：${fingerprintOf(readInvitation(o.invitation).root.publicKey)}`);
        if (rootKeyFingerprint === undefined)
          console.log('没有用 --fingerprint 给出省里念的指纹：请自己逐组核对，不同就不要启动节点，并告诉省级平台');
        const registry = await joinFederation({
          ...identityOf(config),
          pool,
          invitation: o.invitation,
          ...(rootKeyFingerprint === undefined ? {} : { rootKeyFingerprint }),
        });
        console.log(`已加入：节点名册第 ${registry.version} 版，共 ${registry.nodes.length} 个节点`);
        console.log('→ 启动节点；已在运行的不用重启');
      }),
    );

  federation
    .command('topics')
    .description('省节点：按节点名册核对 Kafka 上的主题和权限')
    .addOption(configOption())
    .option('--plan', '只看差别，什么也不改（不写 --apply 时就是这样）')
    .option('--apply', '照此执行')
    .option('--json', '以 JSON 回答')
    .action((o: { config: string; apply?: boolean; json?: boolean }) =>
      withNode(o.config, (config, pool) => topics(config, pool, { apply: o.apply ?? false, json: o.json ?? false })),
    );

  addWatchingVerbs(federation);
}

function city(text: string): string {
  if (CITIES.some(({ adcode }) => adcode === text)) return text;
  throw new InvalidArgumentError(`应为市州之一：${CITIES.map(({ adcode }) => nodeName(adcode)).join('、')}。`);
}

function days(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 90) return count;
  throw new InvalidArgumentError('应为 1 到 90 之间的整数天。');
}

const identityOf = (config: NodeConfig) => ({
  dataDir: config.dataDir,
  adcode: config.node.adcode,
  nameZh: findNode(config.node.adcode)!.nameZh,
  release: RELEASE,
  clock: { now: () => new Date() },
});

/** Opens the node's database as its application login; migrates first, so that a verb can come before the first start. */
async function withNode(file: string, work: (config: NodeConfig, pool: Pool) => Promise<void>): Promise<void> {
  const config = readNodeConfig(file);
  await mkdir(config.dataDir, { recursive: true });
  await migrate(config.database.ownerUrl, { adcode: config.node.adcode });
  const pool = createPool(config.database.appUrl, { max: 2, applicationName: 'xiangjing-verb' });
  try {
    await work(config, pool);
  } finally {
    await pool.end();
  }
}
