import { rolesSql } from '@xiangjing/db';
import type { Command } from 'commander';

export function addDbVerbs(program: Command): void {
  program
    .command('db')
    .description('数据库')
    .command('roles')
    .description('打印建库语句，交数据库管理员：组角色、五个登录、一个库')
    .requiredOption('--node <adcode>', '节点的代码，如 430100')
    .option('--database <name>', '库名')
    .option('--print', '打印（这个命令只做这一件）', true)
    .action((o: { node: string; database?: string }) => {
      console.log(rolesSql({ adcode: o.node, database: o.database ?? `xiangjing_${o.node}` }));
    });
}
