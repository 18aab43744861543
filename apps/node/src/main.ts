import { Command } from 'commander';
import { CHINESE_HELP, endOfCommand } from './verbs/command-fault.ts';
import { addConfigVerbs } from './verbs/config.ts';
import { addDbVerbs } from './verbs/db.ts';
import { addFederationVerbs } from './verbs/federation.ts';
import { addIdentityVerbs } from './verbs/identity.ts';
import { addStartVerb } from './verbs/start.ts';
import { addStatusVerb } from './verbs/status.ts';
import { explainAndExit } from './verbs/explain.ts';
import { RELEASE } from './release.ts';

const program = new Command('xiangjing')
  .description('湘景：场景联邦的一个节点。退出码：0 做完，1 中途出错，2 输入或配置有误，3 拒绝。')
  .version(RELEASE, '-V, --version', '版本')
  .helpOption('-h, --help', '用法')
  .helpCommand('help [command]', '某个命令的用法')
  .configureHelp(CHINESE_HELP)
  .configureOutput({ outputError: () => {} }) // in Chinese, at the end
  .exitOverride(endOfCommand);
addStatusVerb(program);
addStartVerb(program);
addConfigVerbs(program);
addDbVerbs(program);
addFederationVerbs(program);
addIdentityVerbs(program);

await program.parseAsync().catch(explainAndExit);
