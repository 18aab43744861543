import { configOrigins } from '@xiangjing/platform';
import type { Command } from 'commander';
import { readNodeConfig, CONFIG_SOURCE } from '../read-config.ts';
import { NodeConfig } from '../config.ts';

export function addConfigVerbs(program: Command): void {
  const config = program.command('config').description('look at the configuration');
  config
    .command('check')
    .description('check file and environment; every fault is listed at once')
    .requiredOption('--config <file>', 'the YAML file')
    .option('--json', 'answer as JSON')
    .action((o: { config: string; json?: boolean }) => {
      const read = readNodeConfig(o.config);
      if (o.json) console.log(JSON.stringify({ ok: true, adcode: read.node.adcode, mode: read.node.mode }));
      else console.log(`${o.config}：没有错误（节点 ${read.node.adcode}，${read.node.mode}）`);
    });
  config
    .command('show')
    .description('each value and where it comes from; secrets are masked')
    .requiredOption('--config <file>', 'the YAML file')
    .action((o: { config: string }) => {
      for (const { path, value, origin } of configOrigins(NodeConfig, { ...CONFIG_SOURCE, file: o.config, env: process.env }))
        console.log(`${path} = ${value}  (${origin})`);
    });
}
