import { launchBrowser } from '@xiangjing/local-servers/browser';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DemoError } from './demo-error.ts';
import { explainAndExit } from './explain.ts';
import { urlOf } from './options.ts';

/** The pictures of README.md, taken from a running demo. */
const FOLDER = join(import.meta.dirname, '../../../apps/portal/pictures');
const PICTURES = [
  { name: 'home', path: '/', height: 900 },
  { name: 'federation', path: '/federation', height: 1240 },
];
const MOST_BYTES = 300 * 1024;

async function take(base: string): Promise<void> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 900 }, locale: 'zh-CN', reducedMotion: 'reduce' });
    const broken: string[] = [];
    page.on('response', (response) => response.status() >= 400 && broken.push(`${response.status()} ${response.url()}`));
    mkdirSync(FOLDER, { recursive: true });
    for (const { name, path, height } of PICTURES) {
      const answer = await page.goto(base + path, { waitUntil: 'networkidle' }).catch(() => null);
      if (!answer?.ok()) throw new DemoError(`${base}${path} does not answer`, 'start the demo in another terminal: npm start');
      if (broken.length > 0)
        throw new DemoError(`parts of the page are missing: ${broken.join(', ')}`, 'build the portal, then restart the demo');
      const file = join(FOLDER, `${name}.png`);
      await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: 0, width: 1366, height } });
      const bytes = statSync(file).size;
      if (bytes > MOST_BYTES)
        throw new DemoError(`${file} has ${bytes} bytes, more than ${MOST_BYTES}`, 'take less of the page, or fewer pixels');
      console.log(`${file}: ${Math.round(bytes / 1024)} KiB`);
    }
  } finally {
    await browser.close();
  }
}

await take(process.argv[2] ?? urlOf('430000', 4300)).catch(explainAndExit);
