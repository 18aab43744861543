#!/usr/bin/env node
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(`xiangjing needs Node 24, this is ${process.version}. Go through npm, which brings it: npx --no -- xiangjing ${process.argv.slice(2).join(' ')}`);
  process.exit(1);
}
await import('../src/main.ts');
