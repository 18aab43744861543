import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { launchBrowser } from '../browser.ts';
import { npmBrowser } from './npm-browser.ts';

/** Chinese as drawn: two different signs must differ on the canvas, and neither may be the box of a missing one. */
const DRAWN = `(() => {
  const draw = (sign) => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 64;
    const pen = canvas.getContext('2d');
    pen.font = '48px sans-serif';
    pen.fillText(sign, 4, 52);
    return canvas.toDataURL();
  };
  return new Set(['湘', '景', '\\u{10FFFD}'].map(draw)).size;
})()`;

const CHINESE = { buttons: 1, signs: 3, hasPicture: true };

async function seenIn(env: NodeJS.ProcessEnv) {
  const browser = await launchBrowser(env);
  try {
    const page = await browser.newPage({ viewport: { width: 375, height: 600 } });
    await page.setContent('<!doctype html><html lang="zh-CN"><title>湘景</title><h1>应用场景一站式服务平台</h1><button>发布</button>');
    const buttons = await page.getByRole('button', { name: '发布' }).count();
    return { buttons, signs: await page.evaluate(DRAWN), hasPicture: (await page.screenshot()).length > 1000 };
  } finally {
    await browser.close();
  }
}

const isX64 = process.arch === 'x64' && process.platform === 'linux';
if (!isX64) console.warn('left out: the browser from npm, which exists for x64 Linux only.');
describe.runIf(isX64)('the browser from npm', () => {
  test('draws Chinese on a host without fonts or desktop libraries', async () => {
    expect(await seenIn({ PATH: process.env['PATH'], XIANGJING_BROWSER: 'npm' })).toEqual(CHINESE);
  }, 60_000);

  test('is unpacked whole when processes start at once', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'browser-race-'));
    const code = `
      const { launchBrowser } = await import(${JSON.stringify(new URL('../browser.ts', import.meta.url).href)});
      const browser = await launchBrowser();
      console.log(browser.version());
      await browser.close();`;
    const runs = Array.from({ length: 2 }, () => {
      const env = { ...process.env, TMPDIR: scratch, XIANGJING_BROWSER: 'npm' };
      const child = spawn(process.execPath, ['--input-type=module', '-e', code], { env, timeout: 60_000 });
      let text = '';
      child.stdout.on('data', (chunk) => (text += String(chunk)));
      child.stderr.on('data', (chunk) => (text += String(chunk)));
      return new Promise<string>((resolve) => child.on('close', (status) => resolve(`${status} ${text.trim()}`)));
    });
    const results = await Promise.all(runs);
    const left = readdirSync(scratch).filter((name) => name.startsWith('xiangjing-chromium'));
    rmSync(scratch, { recursive: true, force: true });
    for (const result of results) expect(result).toMatch(/^0 \d+\.[\d.]+$/);
    expect(left).toHaveLength(1);
  }, 90_000);

  test('a browser named by its path is the one that starts', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'browser-path-'));
    const { executablePath, environment } = await npmBrowser();
    const settings = Object.entries(environment({})).map(([name, value]) => `${name}='${value}'`);
    const script = join(scratch, 'my-browser');
    writeFileSync(script, `#!/bin/sh\ntouch '${scratch}/started'\nexec env ${settings.join(' ')} '${executablePath}' "$@"\n`, {
      mode: 0o755,
    });
    expect(await seenIn({ PATH: process.env['PATH'], XIANGJING_BROWSER: script })).toEqual(CHINESE);
    expect(readdirSync(scratch)).toContain('started');
    rmSync(scratch, { recursive: true });
  }, 60_000);
});

const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path));
if (system === undefined) console.warn('left out: the browser of the system, since none is installed here.');
test.runIf(system !== undefined)(
  'the system’s browser draws Chinese',
  async () => {
    expect(await seenIn({ ...process.env, XIANGJING_BROWSER: system })).toEqual(CHINESE);
  },
  60_000,
);
