import { z } from '@xiangjing/scenario-sdk';
import { FederationStatus } from '@xiangjing/services';
import type { Command } from 'commander';
import { configOption } from './config-option.ts';
import { readNodeConfig } from '../read-config.ts';
import { addressOf, ask, operationsAddress } from './ask-node.ts';
import { federationReport } from './feed-report.ts';
import { addTroubles } from './read-troubles.ts';

const Ready = z.object({ ready: z.boolean(), missing: z.array(z.string()) });

/** What an operator sees of a running node: ready or what is missing, records, feeds with their lag, last refusal with its remedy. */
export function addStatusVerb(program: Command): void {
  program
    .command('status')
    .description('节点是否在运行、就绪，收发是否正常')
    .addOption(configOption())
    .option('--json', '以 JSON 回答')
    .action(async (o: { config: string; json?: boolean }) => {
      const config = readNodeConfig(o.config);
      const base = addressOf(config.http);
      const ready = await ask(`${base}/readyz`, Ready);
      if (!ready) {
        console.error(
          `节点 ${config.node.adcode} 在 ${base} 没有应答\n→ 启动它：systemctl start xiangjing，或 xiangjing start --config ${o.config}`,
        );
        process.exit(1);
      }
      const status = await statusAt(operationsAddress(config), config.database.appUrl).catch((error: unknown) => {
        if (ready.ready) throw error; // a node that starts has no status yet
        return undefined;
      });
      if (o.json) console.log(JSON.stringify({ ready, status }));
      else print(base, ready, status);
      process.exit(ready.ready ? 0 : 1);
    });
}

export async function printFederationStatus(o: { config: string; json?: boolean }): Promise<void> {
  const config = readNodeConfig(o.config);
  const base = operationsAddress(config);
  const status = await statusAt(base, config.database.appUrl);
  if (!status) {
    console.error(`${base} 没有节点应答\n→ 启动它：xiangjing start --config ${o.config}`);
    process.exit(1);
  }
  if (o.json) console.log(JSON.stringify(status));
  else console.log(federationReport(status).join('\n'));
}

async function statusAt(base: string, appUrl: string): Promise<FederationStatus | undefined> {
  const status = await ask(`${base}/api/v1/federation/status`, FederationStatus);
  return status && addTroubles(status, appUrl).catch(() => status); // a database that is away is told by /readyz
}

const MISSING: Record<string, string> = { database: '数据库连不上', migrations: '表结构还没有升级完', targets: '服务还在启动' };

/** `migrations: a, b` names what is left. */
export function missingText(missing: string): string {
  const [what = '', rest] = missing.split(': ');
  return `${MISSING[what] ?? what}${rest ? `（${rest}）` : ''}`;
}

function print(base: string, ready: z.infer<typeof Ready>, status: FederationStatus | undefined): void {
  console.log(`${base}  ${ready.ready ? '就绪' : `未就绪：${ready.missing.map(missingText).join('，')}`}`);
  if (!status) return;
  const total = (counts: Partial<Record<string, number>>) => Object.values(counts).reduce((a: number, b) => a + (b ?? 0), 0);
  console.log(
    `节点 ${status.node.nameZh} ${status.node.adcode}  版本 ${status.node.release}  本节点记录 ${total(status.own)}  已入视图 ${total(status.federated)}`,
  );
  console.log(federationReport(status).join('\n'));
}
