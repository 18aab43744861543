import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { npmBrowser } from './browser/npm-browser.ts';

const SYSTEM_BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
// The npm browser's own flags are not taken: they switch off web security, which would hide faults of CSP and CORS.
const FLAGS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'];

/**
 * A headless browser for tests and pictures: XIANGJING_BROWSER (a path, or `npm`), else the system's chromium, else the one from npm,
 * which brings its own libraries and Chinese font. The caller closes it.
 */
export async function launchBrowser(env: NodeJS.ProcessEnv = process.env): Promise<Browser> {
  const named = env['XIANGJING_BROWSER'] ?? SYSTEM_BROWSERS.find((path) => existsSync(path)) ?? 'npm';
  if (named !== 'npm') return chromium.launch({ executablePath: named, args: FLAGS });
  const { executablePath, environment } = await npmBrowser();
  return chromium.launch({ executablePath, args: FLAGS, env: { ...definedOf(env), ...environment(env) } });
}

const definedOf = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
