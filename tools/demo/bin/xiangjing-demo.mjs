#!/usr/bin/env node
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(`the demo needs Node 24, this is ${process.version}. Go through npm, which brings it: npm start`);
  process.exit(1);
}
await import('../src/main.ts');
