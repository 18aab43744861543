#!/usr/bin/env node
import module from 'node:module';
import { join } from 'node:path';

const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `xiangjing needs Node 24, this is ${process.version}. Go through npm, which brings it: npx --no -- xiangjing ${process.argv.slice(2).join(' ')}`,
  );
  process.exit(1);
}
// A verb answers in a third of the time. Whoever may write there may write this program, so that no stranger's code is run.
module.enableCompileCache(join(import.meta.dirname, '../../../node_modules/.cache/xiangjing'));
await import('../src/main.ts');
module.flushCompileCache(); // a node that is killed later has kept it
