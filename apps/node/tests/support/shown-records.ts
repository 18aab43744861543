import { PRESETS } from '@xiangjing/scenario-sdk';
import { exampleCore } from '@xiangjing/scenario-sdk/testing';
import type { TestFederation, TestNode } from './federation.ts';
import { deskOf, eventually, makeOrganisations, must, opportunity, publish, type Desk } from './records.ts';
import { encode, type Answer } from './rest-client.ts';

/** Titles and texts that no public page may hold, whatever it is asked. */
export const SECRETS = {
  limited: '示例密闭库房改造甲',
  sealedLabel: '示例封缄档案整理乙',
  unclassified: '示例尚未定级的丙',
  draft: '示例还在起草的丁',
  route: '示例航线戊己庚',
  person: '示例联系人辛壬癸',
  mobile: '13911112222',
};
export const AMENDED = { before: '示例：人工听音。', after: '示例：声波记录仪连续听音。' };
/** More opportunities of one city than a page of a list holds. */
export const MANY = 22;

export interface ShownRecords {
  /** L1 of the city, amended once. */
  plain: string;
  /** L1 in 低空经济 with attributes of every level. */
  drone: string;
  /** L2 of the city. */
  business: string;
  capability: string;
  demonstration: string;
  withdrawn: string;
  limited: string;
  sealed: string;
  /** L1 of the province. */
  provincial: string;
}

/** Records of every kind and label, through the public verbs; answers when the province has all that it will get. */
export async function showRecords(federation: TestFederation): Promise<ShownRecords> {
  const [province, city] = [federation.node('430000'), federation.node('430100')];
  await Promise.all([makeOrganisations(province), makeOrganisations(city)]);
  const [desk, supplier, above] = [await deskOf(city), await city.as('enterprise'), await deskOf(province)];
  const post = async (body: object): Promise<string> => (await publish(desk, body)).id;

  const plain = await publish(desk, opportunity(city, { title: '示例供水管网听漏定位', core: { currentState: AMENDED.before } }));
  await must(desk.owner.patch(`/records/${encode(plain.id)}`, { rev: plain.rev, core: { currentState: AMENDED.after } }), 200);
  const shown: ShownRecords = {
    plain: plain.id,
    drone: await post(drone(city)),
    business: await post(opportunity(city, { title: '示例园区能耗精细调度', label: PRESETS.biz })),
    capability: await supply({ ...desk, owner: supplier }, city),
    demonstration: await post(demonstration(city, plain.id)),
    withdrawn: await post(opportunity(city, { title: '示例已撤回的路灯改造' })),
    limited: await post(
      opportunity(city, {
        title: SECRETS.limited,
        label: PRESETS.lim,
        core: { publicTitle: '示例对外题名', publicSummary: '示例对外简介，供省级目录使用。' },
      }),
    ),
    sealed: await post(opportunity(city, { title: SECRETS.sealedLabel, label: PRESETS.top })),
    provincial: (await publish(above, opportunity(province, { title: '示例全省水质遥感普查' }))).id,
  };
  for (const title of [SECRETS.unclassified, SECRETS.draft]) {
    const draft = await must(desk.owner.post('/records', opportunity(city, { title, label: undefined })), 201);
    if (title === SECRETS.unclassified)
      await must(desk.owner.post(`/records/${encode(draft.id)}/advance`, { verb: 'submit', rev: draft.rev }), 200);
  }
  const left = await must(desk.owner.get(`/records/${encode(shown.withdrawn)}`), 200);
  await must(
    desk.owner.post(`/records/${encode(shown.withdrawn)}/withdraw`, { rev: left.rev, reasons: [{ code: 'mistake', text: '示例误发' }] }),
    200,
  );
  for (let i = 1; i <= MANY; i += 1) await post(opportunity(city, { title: `示例社区消防通道占用识别第${i}处` }));
  await arrived(province, shown);
  return shown;
}

const drone = (city: TestNode) =>
  opportunity(city, {
    title: '示例无人机江堤巡检',
    core: {
      domains: ['low-altitude-economy'],
      scenarioTypes: ['low-altitude-economy.01'],
      contact: { name: SECRETS.person, mobile: SECRETS.mobile },
    },
    attrs: {
      routes: [{ name: SECRETS.route, lower: 60, upper: 100, hours: '09:00-17:00', airspace: 'open' }],
      airspaceApproval: { authority: '示例空管单位', number: '示例2026-01', validFrom: '2026-12-01', validTo: '2028-12-31' },
      uavClass: 'small',
      takeoffMass: 20,
      payload: 5,
    },
  });

function supply(desk: Desk, city: TestNode): Promise<string> {
  const core = exampleCore('capability', { title: '示例声学漏损监测装置', region: city.adcode, ownerUscc: city.organisations.enterprise });
  return publish(desk, { kind: 'capability', core: withoutOwnerName(core), label: PRESETS.pub }).then(({ id }) => id);
}

function demonstration(city: TestNode, from: string) {
  const core = exampleCore('demonstration', {
    title: '示例漏损监测试点成效',
    region: city.adcode,
    ownerUscc: city.organisations.agency,
    from: { opportunity: from, capabilities: [] },
  });
  return { kind: 'demonstration', core: withoutOwnerName(core), label: PRESETS.pub };
}

const withoutOwnerName = ({ ownerName: _derived, ...core }: Answer): Answer => core;

async function arrived(province: TestNode, shown: ShownRecords): Promise<void> {
  const last = (await must(province.anonymous.get('/records?origin=430100&limit=1'), 200)) as { total: number };
  const expected = MANY + 5;
  if (last.total !== expected)
    await eventually(
      () => province.anonymous.get('/records?origin=430100&limit=1'),
      (answer) => answer.body.total === expected,
      20_000,
    );
  await eventually(
    () => province.anonymous.get(`/records/${encode(shown.withdrawn)}`),
    (answer) => answer.status === 410,
  );
}
