import type { Command } from 'commander';
import { configOption } from './config-option.ts';
import { readNodeConfig } from '../read-config.ts';
import type { StartedNode } from '../start-node.ts';
import { explainAndExit } from './explain.ts';

export function addStartVerb(program: Command): void {
  program
    .command('start')
    .description('启动节点，或它在本进程的几项服务')
    .addOption(configOption())
    .action(async (o: { config: string }) => {
      const config = readNodeConfig(o.config);
      const { startNode } = await import('../start-node.ts'); // telemetry first: it patches what is imported after it
      let node: StartedNode | undefined;
      process.on('SIGHUP', () => node?.dropKeys()); // systemctl reload xiangjing; unheard, the signal would end a node that is starting
      node = await startNode(config);
      const stop = async () => {
        await node?.stop().catch(explainAndExit);
        process.exit(0);
      };
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
      process.once('disconnect', () => void stop()); // a parent that forked us is gone
      process.send?.({ ready: node.url });
    });
}
