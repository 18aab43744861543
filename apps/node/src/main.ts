import { Command } from 'commander';
import { addConfigVerbs } from './verbs/config.ts';
import { addDbVerbs } from './verbs/db.ts';
import { addFederationVerbs } from './verbs/federation.ts';
import { addIdentityVerbs } from './verbs/identity.ts';
import { addStartVerb } from './verbs/start.ts';
import { addStatusVerb } from './verbs/status.ts';
import { explainAndExit } from './verbs/explain.ts';
import { RELEASE } from './release.ts';

const program = new Command('xiangjing')
  .description('One node of the scenario federation. Exit codes: 0 done, 1 failed on the way, 2 wrong input or configuration, 3 refused.')
  .version(RELEASE)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
addStatusVerb(program);
addStartVerb(program);
addConfigVerbs(program);
addDbVerbs(program);
addFederationVerbs(program);
addIdentityVerbs(program);

await program.parseAsync().catch(explainAndExit);
