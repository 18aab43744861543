import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  axeFindings,
  DESK,
  openBrowser,
  PHONE,
  REFLOW,
  sidewaysFindings,
  tabOn,
  tabTo,
  visit,
  type TabStop,
  type Visitor,
} from './support/browser.ts';
import { startFederation, type TestFederation, type TestNode } from './support/federation.ts';
import { AMENDED, MANY, SECRETS, showRecords, type ShownRecords } from './support/shown-records.ts';

const ABSENT = 'urn:xiangjing:430100:opportunity:01937c2e-5a10-7b44-9d1e-3f60a2c8e015';
const LISTS = { opportunity: '/opportunities', capability: '/capabilities', demonstration: '/demonstrations' } as const;

let federation: TestFederation;
let province: TestNode;
let city: TestNode;
let shown: ShownRecords;
let browser: Browser;

beforeAll(async () => {
  federation = await startFederation({ nodes: ['430000', '430100'] });
  [province, city] = [federation.node('430000'), federation.node('430100')];
  [shown, browser] = await Promise.all([showRecords(federation), openBrowser()]);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await federation?.stop();
});

/** Every sort of public page, by the name that failures give it. */
const pagesOf = (node: TestNode): Record<string, string> =>
  node === city
    ? { 'own record with history': `/records/${shown.plain}`, 'own capability': `/records/${shown.capability}`, 'city home': '/' }
    : {
        home: '/',
        opportunities: '/opportunities',
        capabilities: '/capabilities',
        demonstrations: '/demonstrations',
        search: '/search?q=漏损',
        'search without result': '/search?q=没有这样的词',
        replica: `/records/${shown.drone}`,
        'L2 replica': `/records/${shown.business}`,
        'replica of a demonstration': `/records/${shown.demonstration}`,
        federation: '/federation',
        'absent record': `/records/${ABSENT}`,
        'withdrawn record': `/records/${shown.withdrawn}`,
      };

describe.each([
  ['default', ''],
  ['elder', '?mode=elder'],
  ['high contrast', '?contrast=high'],
])('in %s mode', (mode, setting) => {
  test.each(['430000', '430100'])(
    'every public page of %s passes axe and fits the window',
    async (adcode) => {
      const node = federation.node(adcode);
      const { page, faults } = await visit(browser, node.url);
      await page.goto(`/${setting}`); // remembered for the pages after it
      const findings: string[] = [];
      for (const [name, path] of Object.entries(pagesOf(node))) {
        await page.setViewportSize(DESK);
        await page.goto(path);
        const set = await page
          .locator('html')
          .evaluate((html) => ({ ...(html as unknown as { dataset: Record<string, string> }).dataset }));
        expect(set, name).toEqual({
          mode: mode === 'elder' ? 'elder' : 'default',
          contrast: mode === 'high contrast' ? 'high' : 'default',
        });
        for (const window of [DESK, PHONE, REFLOW]) {
          await page.setViewportSize(window);
          const where = `${node.adcode} ${name} (${mode}, ${window.width} px)`;
          if (window !== REFLOW) findings.push(...(await axeFindings(page, where)));
          findings.push(...(await sidewaysFindings(page, where)));
        }
      }
      expect(findings).toEqual([]);
      expect(faults).toEqual([]);
    },
    120_000,
  );
});

test('what watches the pages notices a foreign picture, names the node of a finding, and misses a focus that is not drawn', async () => {
  const { page, faults } = await visit(browser, province.url);
  await page.goto('/');
  await page.evaluate(plant('<img id="planted" src="http://127.0.0.1:1/picture.png">'));
  await expect.poll(() => faults.join('\n')).toContain('Content Security Policy');
  expect((await axeFindings(page, 'home')).join('\n')).toContain('home: image-alt at #planted');
  expect(await sidewaysFindings(page, 'home')).toEqual([]);
  await page.evaluate(plant('<p style="width: 4000px">wide</p>'));
  expect((await sidewaysFindings(page, 'home')).join('\n')).toContain('4000px');
  await page.evaluate(plant('<style>* { outline: none !important; box-shadow: none !important; border-color: red !important }</style>'));
  expect(await tabOn(page)).toMatchObject({ isMarked: false });
});

describe('without JavaScript', () => {
  const titles = (page: Page) => page.locator('.found h2, .found h3').allInnerTexts();
  const total = async (page: Page) => Number(await page.locator('.tally b').innerText());

  test.each([
    ['听漏', '示例供水管网听漏定位'],
    ['slgsgwtl', '示例供水管网听漏定位'],
    ['wrjjdxj', '示例无人机江堤巡检'],
  ])('the search of the home page finds by %s', async (words, title) => {
    const { page } = await visitQuietly(province.url);
    await page.goto('/');
    await page.getByLabel('搜索三张清单').fill(words);
    await page.getByRole('button', { name: '搜索' }).click();
    expect(decodeURIComponent(page.url())).toBe(`${province.url}/search?q=${words}`);
    expect(await titles(page)).toContain(title);
  });

  test('facets stand in the address, narrow to their own count, and a shared address shows the same', async () => {
    const { page } = await visitQuietly(province.url);
    await page.goto('/opportunities');
    const choice = page.locator('label', { has: page.locator('input[name=domain][value=low-altitude-economy]') });
    const count = Number(await choice.locator('span').innerText());
    await choice.locator('input').check();
    await page.getByRole('button', { name: '应用筛选' }).first().click();
    const address = page.url();
    expect(new URL(address).searchParams.getAll('domain')).toEqual(['low-altitude-economy']);
    expect(await page.locator('input[type=checkbox][value=low-altitude-economy]').isChecked()).toBe(true);
    expect([await total(page), await titles(page)]).toEqual([count, ['示例无人机江堤巡检']]);

    const other = await visitQuietly(province.url);
    await other.page.goto(address);
    expect(await other.page.locator('.found').innerText()).toContain('示例无人机江堤巡检');
    expect(await other.page.locator('.found > li').count()).toBe(count);

    await page.getByRole('link', { name: '领域：低空经济' }).click();
    expect(page.url()).toBe(`${province.url}/opportunities`);
    expect(await total(page)).toBeGreaterThan(count);
  });

  test('paging by cursor shows each record once and keeps the filter', async () => {
    const { page } = await visitQuietly(province.url);
    await page.goto('/opportunities?origin=430100');
    const all = await total(page);
    const seen = await titles(page);
    await page.getByRole('link', { name: '下一页' }).click();
    expect(new URL(page.url()).searchParams.getAll('origin')).toEqual(['430100']);
    seen.push(...(await titles(page)));
    expect(all).toBe(MANY + 3); // plain, drone, L2
    expect([seen.length, new Set(seen).size]).toEqual([all, all]);
    expect(await page.getByRole('link', { name: '下一页' }).count()).toBe(0);
    await page.getByRole('link', { name: '回到第一页' }).click();
    expect(await titles(page)).toEqual(seen.slice(0, 20));
  });
});

describe('what a record page says', () => {
  test('at home: no arrival, and the history with the words before and after', async () => {
    const { page } = await visitQuietly(province.url);
    await page.goto(`${city.url}/records/${shown.plain}`);
    const [change] = await page.locator('.log .changes > div').filter({ hasText: '现状' }).all();
    expect([await change?.locator('del').innerText(), await change?.locator('ins').innerText()]).toEqual([AMENDED.before, AMENDED.after]);
    expect(await page.locator('[aria-labelledby=s-history] li').count()).toBeGreaterThanOrEqual(4);
    expect(await page.getByText('本节点收到').count()).toBe(0);
  });

  test('as a replica: home node, arrival, checked signature, and what is withheld up to L2 by name', async () => {
    const { page } = await visitQuietly(province.url);
    await page.goto(`/records/${shown.drone}`);
    const aside = page.getByRole('complementary', { name: '来源与公开范围' });
    const text = await aside.innerText();
    for (const part of ['长沙市 430100', '本节点收到', '已核验', '空域批准', '联系人']) expect(text, part).toContain(part);
    expect(text, 'routes are L3 and as if they were not there').not.toContain('航线');
    expect(await page.locator('main').innerText()).toContain('20 kg');
  });

  test('at L2: the summary alone, and that it is one', async () => {
    const { page } = await visitQuietly(province.url);
    await page.goto(`/records/${shown.business}`);
    const text = await page.locator('article').innerText();
    for (const part of ['示例园区能耗精细调度', '这里是公开摘要', '示例单位希望引入在线监测技术']) expect(text, part).toContain(part);
    expect(text).not.toContain('片区内三处供水管网');
  });

  test('a record above L2 looks like an absent one, a withdrawn one says that it is gone', async () => {
    const answers = async (id: string) => {
      const answer = await fetch(`${city.url}/records/${id}`, { headers: { accept: 'text/html' } });
      return { status: answer.status, html: (await answer.text()).replaceAll(encodeURIComponent(id), 'ID').replaceAll(id, 'ID') };
    };
    const absent = await answers(ABSENT);
    expect(absent.status).toBe(404);
    expect(await answers(shown.limited)).toEqual(absent);
    expect(await answers(shown.sealed)).toEqual(absent);
    const gone = await answers(shown.withdrawn);
    expect(gone.status).toBe(410);
    expect(gone.html).toContain('这条记录已撤回');
    expect(gone.html).not.toContain('示例已撤回的路灯改造');
  });
});

test('no title or text above its tier is in the HTML of any public page of either node', async () => {
  for (const node of [province, city]) {
    const paths = ['/', '/federation', '/search?q=示例', '/search?q=slmb', ...Object.values(shown).map((id) => `/records/${id}`)];
    for (const list of Object.values(LISTS)) paths.push(...(await allPages(node, list)));
    for (const path of paths) {
      const html = await (await fetch(node.url + path, { headers: { accept: 'text/html' } })).text();
      for (const [name, secret] of Object.entries(SECRETS)) expect(html.includes(secret), `${name} on ${node.adcode} ${path}`).toBe(false);
    }
    for (const secret of Object.values(SECRETS)) {
      const html = await (await fetch(`${node.url}/search?q=${encodeURIComponent(secret)}`, { headers: { accept: 'text/html' } })).text();
      expect(html, `${secret} searched for at ${node.adcode}`).not.toMatch(/<a href="\/records\//);
    }
  }
});

describe('the figures of the home page', () => {
  test('are the totals of the lists', async () => {
    const { page } = await visitQuietly(province.url);
    await page.goto('/');
    const counters = await page.locator('.lists .fig').allInnerTexts();
    const totals: string[] = [];
    for (const path of Object.values(LISTS)) {
      await page.goto(path);
      totals.push(await page.locator('.tally b').innerText());
    }
    expect(counters.map((text) => text.replace(/\D/g, ''))).toEqual(totals);
    expect(totals).toEqual([String(MANY + 4), '1', '1']);
  });

  test('add up node by node', async () => {
    const { page } = await visitQuietly(province.url);
    await page.goto('/');
    const row = (name: string) => page.locator('.places tr', { has: page.locator('th', { hasText: name }) }).locator('td');
    const three = async (name: string) => (await row(name).allInnerTexts()).slice(0, 3);
    expect({ province: await three('省级'), city: await three('长沙市'), all: await three('合计') }).toEqual({
      province: ['1', '0', '0'],
      city: [String(MANY + 3), '1', '1'],
      all: [String(MANY + 4), '1', '1'],
    });
  });
});

describe('by keyboard alone', () => {
  test.each(['home', 'opportunities', 'replica', 'federation', 'withdrawn record'])(
    'the skip link comes first on %s, and every stop shows where the focus is',
    async (name) => {
      const { page, faults } = await visit(browser, province.url);
      await page.goto(pagesOf(province)[name]!);
      const first = await tabOn(page);
      expect(first).toMatchObject({ name: '跳到正文', href: '#main', isInSight: true, isMarked: true });
      const bad: TabStop[] = [];
      let stops = 0;
      for (let stop = await tabOn(page); stop !== null && stops < 200; stop = await tabOn(page)) {
        stops += 1;
        if (!stop.isMarked || !stop.isInSight) bad.push(stop);
      }
      expect(bad, `${stops} stops of ${name}`).toEqual([]);
      expect(stops).toBeGreaterThan(8);
      expect(faults).toEqual([]);
    },
  );

  test('from home over the skip link, the search and a list to a record', async () => {
    const { page, faults } = await visit(browser, province.url);
    await page.goto('/');
    await tabOn(page);
    await page.keyboard.press('Enter');
    await tabTo(page, ({ tag }) => tag === 'input', 2);
    await page.keyboard.type('漏损');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=**');
    await tabTo(page, ({ name }) => name === '示例声学漏损监测装置');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/records/**');
    expect(decodeURIComponent(page.url())).toBe(`${province.url}/records/${shown.capability}`);
    expect(await page.locator('h1').innerText()).toBe('示例声学漏损监测装置');
    expect(faults).toEqual([]);
  });
});

const plant = (html: string): string => `document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(html)})`;

async function visitQuietly(base: string): Promise<Visitor> {
  return visit(browser, base, { javaScriptEnabled: false });
}

/** The addresses of a list, page by page. */
async function allPages(node: TestNode, path: string): Promise<string[]> {
  const html = await (await fetch(node.url + path, { headers: { accept: 'text/html' } })).text();
  const next = /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
  return next ? [path, ...(await allPages(node, next))] : [path];
}
