// After an install: `node` in npm scripts must be 24. Only newer npm versions link it when several packages offer that name, so link it here.
const { existsSync, mkdirSync, rmSync, symlinkSync } = require('node:fs');
const { dirname, join } = require('node:path');

const platform = process.platform === 'win32' ? 'win' : process.platform;
const name = `node-${platform}-${process.arch}`;
let found;
try {
  found = join(dirname(require.resolve(`${name}/package.json`)), 'bin', 'node');
} catch {
  found = undefined; // npm brought no runtime for this platform
}
const bin = join(__dirname, '..', 'node_modules', '.bin');
if (found && existsSync(found)) {
  mkdirSync(bin, { recursive: true });
  rmSync(join(bin, 'node'), { force: true });
  symlinkSync(found, join(bin, 'node'));
} else if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(`Node ${process.versions.node} is too old here and npm brought no ${name}: install Node 24 or newer, then run npm ci again.`);
  process.exit(1);
}
