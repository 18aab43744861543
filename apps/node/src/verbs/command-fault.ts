import type { CommanderError, HelpConfiguration } from 'commander';
import { widthOf } from './text-table.ts';

type Texts = Record<string, (named: string[], message: string) => string>;

/** What commander says in English, by its own codes; `named` is what it puts in quotes. */
const TEXTS: Texts = {
  'commander.unknownOption': ([option]) => `没有选项 ${option}`,
  'commander.unknownCommand': ([command]) => `没有命令 ${command}`,
  'commander.missingArgument': ([argument]) => `缺参数 <${argument}>`,
  'commander.missingMandatoryOptionValue': ([option]) => `缺选项 ${option}`,
  'commander.optionMissingArgument': ([option]) => `选项 ${option} 后面没有写值`,
  'commander.excessArguments': ([command]) => `${command} 后面多写了参数`,
  'commander.invalidArgument': ([option, value], message) => `选项 ${option} 不能是 ${value}。${message.split('is invalid. ')[1] ?? ''}`,
};

const TITLES: Record<string, string> = { 'Usage:': '用法：', 'Arguments:': '参数：', 'Options:': '选项：', 'Commands:': '命令：' };

/** Headings of the help, and columns that stand under each other. */
export const CHINESE_HELP: HelpConfiguration = { styleTitle: (title) => TITLES[title] ?? title, displayWidth: widthOf };

/** What was typed wrong, in Chinese, and what to type; nothing where commander has shown the help that was asked for. */
export function commandFault({ code, message, exitCode }: Pick<CommanderError, 'code' | 'message' | 'exitCode'>): string[] {
  if (exitCode === 0 || code.startsWith('commander.help')) return [];
  const named = [...message.matchAll(/'([^']*)'/g)].map(([, text = '']) => text);
  const near = /Did you mean (?:one of )?(.+)\?/.exec(message)?.[1];
  const todo = near === undefined ? '在命令后面加 --help 看用法' : `是否想写 ${near}？`;
  return [TEXTS[code]?.(named, message) ?? message, `→ ${todo}`];
}

/** Wrong input ends with 2. */
export function endOfCommand(error: CommanderError): never {
  for (const line of commandFault(error)) console.error(line);
  process.exit(error.exitCode === 0 ? 0 : 2);
}
