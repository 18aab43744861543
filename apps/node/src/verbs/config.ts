import { configOrigins } from '@xiangjing/platform';
import type { Command } from 'commander';
import { configOption } from './config-option.ts';
import { readNodeConfig, CONFIG_SOURCE } from '../read-config.ts';
import { NodeConfig } from '../config.ts';

const ORIGIN = { environment: '环境变量', file: '文件', default: '默认值', unset: '没有设' } as const;

export function addConfigVerbs(program: Command): void {
  const config = program.command('config').description('看配置');
  config
    .command('check')
    .description('检查文件和环境变量，一次列出全部错误')
    .addOption(configOption())
    .option('--json', '以 JSON 回答')
    .action((o: { config: string; json?: boolean }) => {
      const read = readNodeConfig(o.config);
      if (o.json) console.log(JSON.stringify({ ok: true, adcode: read.node.adcode, mode: read.node.mode }));
      else console.log(`${o.config}：没有错误（节点 ${read.node.adcode}，${read.node.mode}）`);
    });
  config
    .command('show')
    .description('每一项的值和来处，口令打码')
    .addOption(configOption())
    .action((o: { config: string }) => {
      for (const { path, value, origin } of configOrigins(NodeConfig, { ...CONFIG_SOURCE, file: o.config, env: process.env }))
        console.log(`${path} = ${value}  （${ORIGIN[origin]}）`);
    });
}
