import { rolesSql } from '@xiangjing/db';
import type { Command } from 'commander';

export function addDbVerbs(program: Command): void {
  program
    .command('db')
    .description('the database')
    .command('roles')
    .description('the SQL with which a DBA makes the group roles, the five logins and the database of one node')
    .requiredOption('--node <adcode>', 'the node, e.g. 430100')
    .option('--database <name>', 'name of the database')
    .option('--print', 'print the SQL (the only thing this verb does)', true)
    .action((o: { node: string; database?: string }) => {
      console.log(rolesSql({ adcode: o.node, database: o.database ?? `xiangjing_${o.node}` }));
    });
}
