import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindings, DESK, openBrowser, PHONE, sidewaysFindings, signIn, tabOn, visit, type Visitor } from './support/browser.ts';
import { startFederation, type TestFederation, type TestNode } from './support/federation.ts';
import { deskOf, eventually, makeOrganisations, must, opportunity, type Desk } from './support/records.ts';
import { encode } from './support/rest-client.ts';
import { PASSWORD } from './support/users.ts';

const TITLE = '示例无人机夜间巡河';
const TASKS = ['基本信息', '单位与联系人', '场景与领域', '需求说明', '指标与验收', '条件与支持方式', '数据与安全', '内部备注'];
const PLUGIN_TASKS = ['航线与空域', '飞行器', '资质与保险', '安全记录'];
const LAST_TASKS = ['分级分类', '检查并提交'];

let federation: TestFederation;
let province: TestNode;
let city: TestNode;
let browser: Browser;

beforeAll(async () => {
  federation = await startFederation({ nodes: ['430000', '430100'] });
  [province, city] = [federation.node('430000'), federation.node('430100')];
  [browser] = await Promise.all([openBrowser(), makeOrganisations(city)]);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await federation?.stop();
});

/** A person at the city's workbench, with what axe found on the pages looked at. */
interface Worker extends Visitor {
  findings: string[];
  look(name: string): Promise<void>;
}
async function worker(user: string): Promise<Worker> {
  const visitor = await visit(browser, city.url);
  const { page } = visitor;
  await signIn(page, user, PASSWORD);
  const findings: string[] = [];
  const look = async (name: string) => {
    for (const window of [PHONE, DESK]) {
      await page.setViewportSize(window);
      const where = `${user}: ${name} (${window.width} px)`;
      findings.push(...(await axeFindings(page, where)), ...(await sidewaysFindings(page, where)));
    }
  };
  return { ...visitor, findings, look };
}
const expectClean = ({ findings, faults }: Worker) => expect({ findings, faults }).toEqual({ findings: [], faults: [] });

const control = (page: Page, pointer: string) => page.locator(`#f${pointer.replaceAll('/', '-')}`);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const goOn = async (page: Page, next: string) => {
  await button(page, '保存并继续').click();
  await page.locator('.doing h2', { hasText: next }).waitFor();
};
async function fill(page: Page, values: Record<string, string>): Promise<void> {
  for (const [pointer, value] of Object.entries(values)) {
    await control(page, pointer).fill(value);
    if (/^\d{4}-\d\d-\d\d$/.test(value)) await page.keyboard.press('Enter');
  }
}
async function choose(page: Page, pointer: string, name: string): Promise<void> {
  await control(page, pointer).click();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
}
const pick = (page: Page, pointer: string, name: string) => control(page, pointer).getByRole('radio', { name, exact: true }).check();
const addRow = (page: Page, pointer: string) => control(page, pointer).getByRole('button', { name: '增加一条' }).click();

/** The summary has the focus and the page's title says that something is wrong; each link leads to its field, which repeats the words. */
async function expectSummary(page: Page, leads: Record<string, string>): Promise<void> {
  const summary = page.locator('.sum-err');
  await summary.waitFor();
  await expect.poll(() => summary.evaluate((box) => box === box.ownerDocument.activeElement)).toBe(true);
  expect(await page.title()).toMatch(/^错误：/);
  expect(await summary.getByRole('link').count()).toBe(Object.keys(leads).length);
  for (const [pointer, words] of Object.entries(leads)) {
    await summary.getByRole('link', { name: words }).click();
    const field = control(page, pointer);
    expect(await field.evaluate((box) => box === box.ownerDocument.activeElement), `${words} leads to ${pointer}`).toBe(true);
    expect(await control(page, `${pointer}-error`).innerText(), `beside ${pointer}`).toContain(words);
  }
}

test('an owner writes, a lead returns and selects, a coordinator publishes, the province shows', { timeout: 240_000 }, async () => {
  const owner = await worker('owner');
  await startRecord(owner);
  const path = new URL(owner.page.url()).pathname.replace(/\/edit\/.*/, '');
  const id = decodeURIComponent(path.split('/').pop()!);
  await fillTasks(owner);
  await confirmLabel(owner);
  await submit(owner);
  expectClean(owner);

  const lead = await worker('lead');
  await lead.page
    .getByRole('link', { name: /^等我处理/ })
    .first()
    .click();
  await lead.look('what waits for a lead');
  await lead.page.getByRole('link', { name: TITLE, exact: true }).click();
  await giveBack(lead);
  expectClean(lead);

  await mendAndSubmit(owner, path);
  await act(lead, path, '遴选通过');
  const coordinator = await worker('coordinator');
  await act(coordinator, path, '发布');
  expect(await coordinator.page.locator('.head').innerText()).toContain('发布');
  for (const person of [owner, lead, coordinator]) expectClean(person);

  await eventually(
    () => province.anonymous.get(`/records/${encode(id)}`),
    ({ status }) => status === 200,
  );
  const reader = await visit(browser, province.url, { javaScriptEnabled: false });
  await reader.page.goto('/opportunities?domain=low-altitude-economy');
  await reader.page.getByRole('link', { name: TITLE }).click();
  expect(await reader.page.locator('h1').innerText()).toBe(TITLE);
  const text = await reader.page.locator('main').innerText();
  for (const part of ['长沙市 430100', '20 kg', '不超过 4']) expect(text, part).toContain(part);
  for (const part of ['示例夜航线', '示例联系人', '13900000000']) expect(text, part).not.toContain(part);
});

async function startRecord({ page, look }: Worker): Promise<void> {
  await page.getByRole('heading', { level: 1, name: '我的记录' }).waitFor();
  await page.getByText('这里还没有记录').waitFor();
  await look('my records, none yet');
  expect(await tabOn(page)).toMatchObject({ name: '跳到正文', isMarked: true, isInSight: true });
  await page.getByRole('navigation', { name: '工作台导航' }).getByRole('link', { name: '场景机会' }).click();
  await button(page, '新建并开始填').click();
  await expectSummary(page, { '/core/title': '新建时要填“名称”', '/core/domains': '新建时要填“领域”' });
  await look('new record with faults');
  await fill(page, { '/core/title': TITLE });
  await choose(page, '/core/domains', '低空经济');
  await button(page, '新建并开始填').click();
  await page.waitForURL('**/edit/basics');
  await page.locator('.tasks a').first().waitFor();
  const tasks = await page.locator('.tasks a').allInnerTexts();
  const names = tasks.map((text) =>
    text
      .replace(/^\d+\. /, '')
      .split('\n')[0]
      ?.trim(),
  );
  expect(names).toEqual([...TASKS, ...PLUGIN_TASKS, ...LAST_TASKS]);
}

async function fillTasks({ page, look }: Worker): Promise<void> {
  await fill(page, { '/core/summary': '示例：夜间用无人机巡查河道漂浮物和违规排放。', '/core/validUntil': '2028-06-30' });
  await look('basics');
  await goOn(page, '2. 单位与联系人');
  await page.reload(); // what was saved is there again
  expect(await page.locator('.tasks a').first().innerText()).toContain('完成');
  await fill(page, {
    '/core/responsibleUnit': '示例河道管理处',
    '/core/roleContact/unit': '示例河道管理处',
    '/core/roleContact/phone': '0731-85550000',
    '/core/roleContact/mailbox': 'hedao@agency.example',
    '/core/contact/name': '示例联系人',
    '/core/contact/mobile': '13900000000',
  });
  await look('contact');
  await goOn(page, '3. 场景与领域');
  await choose(page, '/core/scenarioTypes', '无人机');
  await pick(page, '/core/scenarioKind', '高价值小切口场景');
  await choose(page, '/core/region', '岳麓区');
  await choose(page, '/core/supplyAreas', '治理');
  await fill(page, { '/core/industry': 'N76' });
  await look('place');
  await goOn(page, '4. 需求说明');
  await fill(page, {
    '/core/problem': '夜间巡河靠人工，看不全。',
    '/core/currentState': '每周两次，每次四小时。',
    '/core/wantedResult': '每晚一次，当晚出结果。',
    '/core/plannedFrom': '2027-03-01',
    '/core/plannedTo': '2027-12-31',
    '/core/responseDeadline': '2027-01-15',
    '/core/responsiblePerson': '示例负责人',
    '/core/intake': '在本平台报名，五个工作日内答复。',
  });
  await look('need');
  await goOn(page, '5. 指标与验收');
  await addRow(page, '/core/metrics');
  await fill(page, {
    '/core/metrics/0/name': '发现到上报',
    '/core/metrics/0/unit': '小时',
    '/core/metrics/0/baseline': '平均 72',
    '/core/metrics/0/goal': '明显缩短',
    '/core/metrics/0/method': '抽查二十次夜巡记录',
  });
  await button(page, '保存并继续').click();
  await expectSummary(page, { '/core/metrics/0/goal': '要写数字' });
  expect(await page.locator('.tasks a[aria-current]').innerText()).toContain('1 处要改');
  await look('metrics with a fault');
  await fill(page, { '/core/metrics/0/goal': '不超过 4' });
  await goOn(page, '6. 条件与支持方式');
  await fill(page, { '/core/essential': '数据存放在本市政务云。' });
  await choose(page, '/core/cooperationMode', '先试用后付费');
  await addRow(page, '/core/resources');
  await pick(page, '/core/resources/0/type', '场地');
  await fill(page, { '/core/resources/0/text': '两处起降点' });
  await look('terms');
  await goOn(page, '7. 数据与安全');
  await pick(page, '/core/publicSafety', '否');
  await pick(page, '/core/personalData', '不涉及');
  await goOn(page, '8. 内部备注');
  await goOn(page, '9. 航线与空域');
  await addRow(page, '/attrs/routes');
  await fill(page, { '/attrs/routes/0/name': '示例夜航线', '/attrs/routes/0/lower': '60', '/attrs/routes/0/upper': '100' });
  await fill(page, { '/attrs/routes/0/hours': '20:00-23:00' });
  await pick(page, '/attrs/routes/0/airspace', '适飞空域');
  await look('routes');
  await goOn(page, '10. 飞行器');
  await choose(page, '/attrs/uavClass', '小型');
  await fill(page, { '/attrs/takeoffMass': '20' });
  await look('aircraft');
  await goOn(page, '11. 资质与保险');
  await page.locator('.tasks a', { hasText: '分级分类' }).click();
}

/** The proposal stands beside the fields that have a level of their own; nothing is set before the owner says so. */
async function confirmLabel({ page, look }: Worker): Promise<void> {
  await page.locator('.doing h2', { hasText: '13. 分级分类' }).waitFor();
  const guarded = page.getByRole('region', { name: '有单独级别的内容' });
  expect(await guarded.getByRole('row', { name: '航线' }).innerText()).toContain('公共安全');
  const proposed = page.locator('label', { hasText: '建议' });
  expect([await proposed.innerText(), await proposed.getByRole('radio').isChecked()]).toEqual([expect.stringContaining('L1 公开'), true]);
  expect(await button(page, '确认分级').isDisabled()).toBe(true);
  await look('label');
  await page.getByRole('checkbox', { name: /我已核对内容/ }).check();
  await button(page, '确认分级').click();
  await page.locator('.doing h2', { hasText: '14. 检查并提交' }).waitFor();
  expect(await page.getByRole('complementary', { name: '提交前检查' }).innerText()).toContain('已定级 L1/-/-/U/oU');
}

async function submit({ page, look }: Worker): Promise<void> {
  await page.getByText('必填项都已填，可以提交。').waitFor();
  await look('check');
  await button(page, '提交').click();
  await page.waitForURL(/\/records\/[^/]+$/);
  await page.locator('.head .tag', { hasText: '征集' }).waitFor();
  await look('own record');
}

/** A return without a reason is held up in the dialog, by the same summary as in forms. */
async function giveBack({ page, look }: Worker): Promise<void> {
  await button(page, '退回').click();
  const dialog = page.getByRole('dialog', { name: '退回' });
  await dialog.getByRole('button', { name: '确定退回' }).click();
  await dialog.getByText('请写理由').first().waitFor();
  await look('return without a reason');
  await choose(page, '/fields', '现状');
  await control(page, '/text').fill('示例：现状要写清每次巡查多长。');
  await dialog.getByRole('button', { name: '确定退回' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('退回：已办理').waitFor();
  await look('returned record');
}

async function mendAndSubmit({ page, look }: Worker, path: string): Promise<void> {
  await page.goto('/workbench/records?tab=waiting');
  await page.getByRole('link', { name: `修改：${TITLE}` }).waitFor();
  await look('what waits for an owner');
  await page.goto(path);
  const history = page.locator('[aria-labelledby=s-history]');
  expect(await history.locator('li').first().innerText()).toMatch(/退回[\s\S]*行业牵头部门[\s\S]*示例：现状要写清每次巡查多长。/);
  await page.goto(`${path}/edit/need`);
  await fill(page, { '/core/currentState': '每周两次，每次四小时，只看主河段。' });
  await button(page, '只保存').click();
  await expect.poll(() => page.getByText('有未保存的修改').count()).toBe(0);
  await page.goto(`${path}/edit/check`);
  await button(page, '提交').click();
  await page.waitForURL(/\/records\/[^/]+$/);
  const text = await history.innerText();
  for (const part of ['每周两次，每次四小时。', '每周两次，每次四小时，只看主河段。']) expect(text).toContain(part);
}

async function act({ page, look }: Worker, path: string, verb: string): Promise<void> {
  await page.goto(path);
  await button(page, verb).click();
  await look(`dialog of ${verb}`);
  await page
    .getByRole('dialog', { name: verb })
    .getByRole('button', { name: `确定${verb}` })
    .click();
  await page.getByText(`${verb}：已办理`).waitFor();
  await look(`after ${verb}`);
}

test('a county coordinator finds a verb in the county, and none outside', async () => {
  const desk = await deskOf(city);
  const inside = await selectedIn('430102', desk);
  const outside = await selectedIn('430104', desk);
  const published = await must(desk.coordinator.post(outside.path, { verb: 'publish', rev: outside.rev }), 200);
  expect(published.verbs, 'the coordinator of the city').toContain('withdraw');
  const county = await worker('county');
  const { page, look } = county;
  await page.getByRole('link', { name: inside.title, exact: true }).waitFor();
  expect(await page.getByText(outside.title).count()).toBe(0);
  await look('records of the county');
  await page.goto(`/workbench/records/${inside.id}`);
  await button(page, '发布').waitFor();
  await page.goto(`/workbench/records/${outside.id}`);
  await page.getByText('现在没有需要您办理的事').waitFor();
  expect(await page.locator('.verbs').getByRole('button').count()).toBe(0);
  await look('record outside the county');
  expectClean(county);
});

async function selectedIn(region: string, desk: Desk) {
  const title = `示例县区事项${region}`;
  const draft = await must(desk.owner.post('/records', opportunity(city, { title, core: { region } })), 201);
  const path = `/records/${encode(draft.id)}/advance`;
  const submitted = await must(desk.owner.post(path, { verb: 'submit', rev: draft.rev }), 200);
  const { rev } = await must(desk.lead.post(path, { verb: 'select', rev: submitted.rev }), 200);
  return { id: String(draft.id), title, path, rev: Number(rev) };
}

test.each(['mode=elder', 'contrast=high'])('with %s, list, form, label, record and dialog pass as well', async (setting) => {
  const { owner } = await deskOf(city);
  const draft = await must(owner.post('/records', opportunity(city, { title: `示例换一种看法 ${setting}`, label: undefined })), 201);
  const person = await worker('owner');
  const { page, look } = person;
  const path = `/workbench/records/${draft.id}`;
  await page.goto(`/workbench/records?${setting}`);
  const isSet = () => page.locator(`html[data-${setting}]`).waitFor();
  await isSet();
  await page.getByRole('link', { name: `示例换一种看法 ${setting}`, exact: true }).waitFor();
  await look(`my records, ${setting}`);
  for (const task of ['place', 'metrics', 'label', 'check']) {
    await page.goto(`${path}/edit/${task}`);
    await page.locator('.doing h2').first().waitFor();
    await isSet(); // it is remembered
    await look(`${task}, ${setting}`);
  }
  await page.goto(path);
  await button(page, '提交').click();
  await page.getByRole('dialog', { name: '提交' }).waitFor();
  await look(`dialog, ${setting}`);
  expectClean(person);
});

test('signing out ends the session here and at the identity provider', async () => {
  const { page, faults } = await worker('owner');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await button(page, '退出').click();
  await page.waitForURL(`${city.url}/`);
  await page.getByRole('link', { name: '登录' }).waitFor();
  const session = (await (await page.request.get('/auth/session')).json()) as { person: unknown };
  expect(session.person).toBeNull();
  await page.goto('/workbench/records');
  await page.getByLabel('口令').waitFor();
  expect(new URL(page.url()).pathname).toMatch(/^\/realms\/xiangjing-430100\//);
  expect(faults).toEqual([]);
});
