import { launchBrowser } from '@xiangjing/local-servers/browser';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.0 to 2.2, levels A and AA. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

export const DESK = { width: 1366, height: 768 };
export const PHONE = { width: 375, height: 812 };
/** 1280 px at 400 %. */
export const REFLOW = { width: 320, height: 640 };

export const openBrowser = (): Promise<Browser> => launchBrowser();

export interface Visitor {
  page: Page;
  /** What no page may do: throw, break its content policy, ask another origin. */
  faults: string[];
}

/**
 * One person's window: cookies of its own, and an eye on everything the pages do. It closes with the test; a failed one leaves a
 * picture in the temporary folder.
 */
export async function visit(browser: Browser, base: string, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: DESK,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    baseURL: base,
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const faults: string[] = [];
  const origin = new URL(base).origin;
  page.on('pageerror', (error) => faults.push(`${page.url()} threw ${error.message}`));
  page.on('console', (message) => {
    // a status of 4xx is told as an error too, and is what some tests ask for
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(`${page.url()} said ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith('data:') && new URL(url).origin !== origin) faults.push(`${page.url()} asked ${url}`);
  });
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') {
      const file = join(mkdtempSync(join(tmpdir(), 'xiangjing-page-')), 'failed.png');
      await page.screenshot({ path: file, fullPage: true });
      console.error(`${page.url()} as it was: ${file}`);
    }
    await context.close();
  });
  return { page, faults };
}

/** What axe finds on the page as it stands, one line each: where, which rule, which node. */
export async function axeFindings(page: Page, where: string): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE);
  const found = await page.evaluate<{ id: string; nodes: { target: string[]; html: string }[] }[]>(
    `axe.run({ runOnly: ${JSON.stringify(TAGS)}, resultTypes: ['violations'] }).then((result) => result.violations)`,
  );
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${where}: ${id} at ${target.join(' ')}: ${html.slice(0, 200)}`));
}

/** What sticks out of the window's right edge, one line each; nothing if the page does not scroll sideways. */
export async function sidewaysFindings(page: Page, where: string): Promise<string[]> {
  const { scrollWidth, clientWidth, out } = await page.evaluate<{ scrollWidth: number; clientWidth: number; out: string[] }>(WIDTHS);
  return scrollWidth <= clientWidth ? [] : [`${where}: ${scrollWidth} px wide in ${clientWidth} px: ${out.join(' | ')}`];
}
const WIDTHS = `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const out = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > clientWidth + 1);
  return { scrollWidth, clientWidth, out: out.slice(-3).map((e) => e.outerHTML.slice(0, 120)) };
})()`;

export interface TabStop {
  name: string;
  href: string;
  tag: string;
  /** Its ring or shadow, or that of what it stands in, is there because of the focus. */
  isMarked: boolean;
  /** It has a size and lies inside the window. */
  isInSight: boolean;
}

/** Presses Tab once and tells where the focus is now; null when it left the page. */
export async function tabOn(page: Page): Promise<TabStop | null> {
  await page.keyboard.press('Tab');
  return page.evaluate<TabStop | null>(STOP);
}
const STOP = `(() => {
  const stop = document.activeElement;
  if (!stop || stop === document.body || stop === document.documentElement) return null;
  const ring = (element) => {
    const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(element);
    return [outlineStyle === 'none' ? '' : outlineStyle + outlineWidth, boxShadow, borderColor].join();
  };
  const rings = () => ring(stop) + ring(stop.parentElement);
  const focused = rings();
  stop.blur();
  const plain = rings();
  stop.focus({ preventScroll: true });
  const { width, height, top, bottom, left, right } = stop.getBoundingClientRect();
  const text = stop.getAttribute('aria-label') || stop.textContent || stop.getAttribute('name') || stop.id;
  return {
    name: text.trim().slice(0, 60),
    href: stop.getAttribute('href') ?? '',
    tag: stop.tagName.toLowerCase(),
    isMarked: focused !== plain,
    isInSight: width > 0 && height > 0 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
  };
})()`;

/** Goes on with Tab until a stop fits; fails with the way it went when none does. */
export async function tabTo(page: Page, fits: (stop: TabStop) => boolean, most = 150): Promise<TabStop> {
  const way: string[] = [];
  for (let i = 0; i < most; i += 1) {
    const stop = await tabOn(page);
    if (stop && fits(stop)) return stop;
    way.push(stop?.name ?? '(left the page)');
    if (!stop && i > 0) break;
  }
  throw new Error(`no such stop on ${page.url()}; passed: ${way.join(' > ')}`);
}

/** Signs in on the demo identity's own page, as a person does. */
export async function signIn(page: Page, user: string, password: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: '登录' }).click();
  await page.getByLabel('用户名').fill(user);
  await page.getByLabel('口令').fill(password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.waitForURL('**/workbench/**');
}
