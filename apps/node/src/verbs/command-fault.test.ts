import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { commandFault } from './command-fault.ts';

function faultOf(...args: string[]): string[] {
  const program = new Command('xiangjing')
    .configureOutput({ outputError: () => {}, writeErr: () => {}, writeOut: () => {} })
    .exitOverride()
    .version('1');
  const days = (text: string) => {
    if (text !== '7') throw new InvalidArgumentError('应为 1 到 90 之间的整数天。');
    return 7;
  };
  program.command('invite').requiredOption('--config <file>', 'c').option('--days <n>', 'd', days).action(() => {}); // prettier-ignore
  program.command('trace').argument('<record>').action(() => {}); // prettier-ignore
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return commandFault(error);
    throw error;
  }
  return ['none'];
}

test.each([
  [['invte'], '没有命令 invte', '→ 是否想写 invite？'],
  [['invite'], '缺选项 --config <file>', '→ 在命令后面加 --help 看用法'],
  [['invite', '--config'], '选项 --config <file> 后面没有写值', '→ 在命令后面加 --help 看用法'],
  [['invite', '--config', 'x', '--dyas', '7'], '没有选项 --dyas', '→ 是否想写 --days？'],
  [['invite', '--config', 'x', '--days', '91'], '选项 --days <n> 不能是 91。应为 1 到 90 之间的整数天。', '→ 在命令后面加 --help 看用法'],
  [['trace'], '缺参数 <record>', '→ 在命令后面加 --help 看用法'],
  [['trace', 'a', 'b'], 'trace 后面多写了参数', '→ 在命令后面加 --help 看用法'],
])('%j is told in Chinese, with what to type', (args, ...lines) => {
  expect(faultOf(...args)).toEqual(lines);
});

test('help and version are no faults', () => {
  for (const args of [['--help'], ['--version'], [], ['invite', '--help']]) expect(faultOf(...args), args.join(' ')).toEqual([]);
});
