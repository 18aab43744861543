import { InvalidArgumentError, type Command } from 'commander';
import { configOption } from './config-option.ts';
import { compareNow } from './compare.ts';
import { printStatusAt } from './status-at.ts';
import { printFederationStatus } from './status.ts';
import { printTrace } from './trace.ts';

/** How the exchange stands, how far one record got, and whether what came is what was sent. */
export function addWatchingVerbs(federation: Command): void {
  federation
    .command('status')
    .description('每条通道：走哪条路、到哪里、多久没有消息、拒收了什么和怎么办')
    .addOption(configOption())
    .option('--at <adcode>', '那个节点怎样看本节点发出的（用 identity.services 里的账号）')
    .option('--json', '以 JSON 回答')
    .action((o: { config: string; at?: string; json?: boolean }) =>
      o.at === undefined ? printFederationStatus(o) : printStatusAt({ ...o, at: o.at }),
    );

  federation
    .command('trace')
    .description('一条记录的轨迹：从本节点提交到省里入库')
    .argument('<record>', '记录编号 urn:xiangjing:…')
    .addOption(configOption())
    .option('--json', '以 JSON 回答')
    .action((record: string, o: { config: string; json?: boolean }) => printTrace(record, o));

  federation
    .command('compare')
    .description('立即比对收到的与对方发出的，修复不同，等出结果')
    .addOption(configOption())
    .option('--timeout <seconds>', '最多等几秒', seconds, 60)
    .option('--json', '以 JSON 回答')
    .action((o: { config: string; timeout: number; json?: boolean }) => compareNow(o));
}

function seconds(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 3600) return count;
  throw new InvalidArgumentError('应为 1 到 3600 之间的整数秒。');
}
