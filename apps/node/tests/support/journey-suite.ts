import { PRESETS, raise } from '@xiangjing/scenario-sdk';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFederation, type TestFederation, type TestNode } from './federation.ts';
import { deskOf, eventually, makeOrganisations, must, opportunity, publish, type Desk } from './records.ts';
import { encode } from './rest-client.ts';

/** The main job, end to end over REST. Runs on a node in one process and on a node split into one process per target alike. */
export function journeySuite(mode: 'single' | 'split'): void {
  describe(`a record's journey, ${mode === 'split' ? 'one process per target' : 'one process per node'}`, () => {
    let federation: TestFederation;
    let changsha: TestNode;
    let zhuzhou: TestNode;
    let province: TestNode;
    let desk: Desk;

    beforeAll(async () => {
      federation = await startFederation({ nodes: ['430000', '430100', '430200'], split: mode === 'split' });
      [province, changsha, zhuzhou] = [federation.node('430000'), federation.node('430100'), federation.node('430200')];
      await makeOrganisations(changsha);
      desk = await deskOf(changsha);
    }, 180_000);
    afterAll(() => federation?.stop());

    const at = (node: TestNode, id: string) => node.anonymous.get(`/records/${encode(id)}`);

    test('is readable at the province within a second of the publish answer, with its origin; an amend follows', async () => {
      const record = await publish(desk, opportunity(changsha, { title: '示例供水管网听漏' }));
      const first = await eventually(
        () => at(province, record.id),
        (r) => r.status === 200,
        1000,
      );
      expect(first.answer.body).toMatchObject({ origin: '430100', title: '示例供水管网听漏', stage: 'published', rev: record.rev });
      expect(first.answer.body.provenance.receivedAt).toBeTruthy();

      const amended = await must(
        desk.owner.patch(`/records/${encode(record.id)}`, { rev: record.rev, core: { summary: '改为在四个老旧片区布设监测点。' } }),
        200,
      );
      const second = await eventually(
        () => at(province, record.id),
        (r) => r.body.rev === amended.rev,
        1000,
      );
      expect(second.answer.body.core.summary).toBe('改为在四个老旧片区布设监测点。');
      const city = await eventually(
        () => at(zhuzhou, record.id),
        (r) => r.body.rev === amended.rev,
      );
      expect(city.answer.body).toMatchObject({ origin: '430100', title: '示例供水管网听漏' });
    });

    test('answers 410 after a withdrawal for whoever could see it, and 404 for an id that never was', async () => {
      const record = await publish(desk, opportunity(changsha, { title: '示例将撤回的机会' }));
      await eventually(
        () => at(province, record.id),
        (r) => r.status === 200,
      );
      await eventually(
        () => at(zhuzhou, record.id),
        (r) => r.status === 200,
      );
      await must(
        desk.owner.post(`/records/${encode(record.id)}/withdraw`, { rev: record.rev, reasons: [{ code: 'OBSOLETE', text: '需求取消' }] }),
        200,
      );
      for (const node of [changsha, province, zhuzhou]) {
        const { answer } = await eventually(
          () => at(node, record.id),
          (r) => r.status === 410,
        );
        expect(answer.body.code).toBe('RECORD_GONE');
      }
      expect(
        (
          await at(
            province,
            record.id.replace(/.$/, (c: string) => (c === '0' ? '1' : '0')),
          )
        ).status,
      ).toBe(404);
    });

    test('shows the title of a 低空 record at the province, and neither its routes nor its contact anywhere', async () => {
      const canaries = { route: '航线金丝雀甲乙丙', contact: '联系人金丝雀丁戊己' };
      const record = await publish(
        desk,
        opportunity(changsha, {
          title: '示例无人机巡检江堤',
          core: {
            domains: ['low-altitude-economy'],
            scenarioTypes: ['low-altitude-economy.01'],
            contact: { name: canaries.contact, mobile: '13900000000' },
          },
          attrs: { routes: [{ name: canaries.route, lower: 60, upper: 100, hours: '09:00-17:00', airspace: 'open' }] },
        }),
      );
      const { answer } = await eventually(
        () => at(province, record.id),
        (r) => r.status === 200,
      );
      expect(answer.body.title).toBe('示例无人机巡检江堤');
      for (const node of [province, zhuzhou]) {
        const coordinator = await node.as('coordinator');
        const page = await eventually(
          () => coordinator.get(`/records/${encode(record.id)}`),
          (r) => r.status === 200,
        );
        for (const canary of Object.values(canaries)) expect(page.answer.text).not.toContain(canary);
        for (const canary of Object.values(canaries)) expect(await findInDatabase(node, canary)).toEqual([]);
      }
      expect(await findInDatabase(changsha, canaries.route)).not.toEqual([]); // the search does find what is there
    });

    test('L2 reaches another city, an L3 record does not; the province has its listed metadata', async () => {
      const l2 = await publish(desk, opportunity(changsha, { title: '示例有条件开放的机会', label: PRESETS.biz }));
      const l3 = await publish(
        desk,
        opportunity(changsha, {
          title: '示例内部题名',
          label: raise(PRESETS.lim, {}),
          core: { publicTitle: '示例对外题名', publicSummary: '供其他单位了解的对外摘要文字' },
        }),
      );
      const cityCoordinator = await zhuzhou.as('coordinator');
      const provinceCoordinator = await province.as('coordinator');
      await eventually(
        () => cityCoordinator.get(`/records/${encode(l2.id)}`),
        (r) => r.status === 200,
      );
      const listed = await eventually(
        () => provinceCoordinator.get(`/records/${encode(l3.id)}`),
        (r) => r.status === 200,
      );
      expect(listed.answer.body).toMatchObject({ shape: 'listed', title: '示例对外题名' });
      expect(listed.answer.text).not.toContain('示例内部题名');
      const elsewhere = await cityCoordinator.get(`/records/${encode(l3.id)}`);
      expect(elsewhere.status, elsewhere.text).toBe(404);
      const anonymously = await at(province, l3.id);
      expect(anonymously.status, anonymously.text).toBe(404);
    });
  });
}

/** Every column of every table that holds `text`, read by SQL as superuser. */
export async function findInDatabase(node: TestNode, text: string): Promise<string[]> {
  const tables = await node.sql<{ table_name: string }>(
    `select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { table_name: table } of tables) {
    const [hit] = await node.sql<{ n: string }>(
      `select count(*) n from "${table}" t where to_jsonb(t)::text like '%' || $1 || '%' or exists (
         select from jsonb_each_text(to_jsonb(t)) c where left(c.value, 2) = '\\x' and
         position(convert_to($1, 'UTF8') in decode(case when c.value ~ '^\\\\x[0-9a-f]*$' then substr(c.value, 3) else '' end, 'hex')) > 0)`,
      [text],
    );
    if (Number(hit!.n) > 0) found.push(table);
  }
  return found;
}
