import { PRESETS, type Label } from '@xiangjing/scenario-sdk';
import { exampleCore } from '@xiangjing/scenario-sdk/testing';
import { encode, type Answer, type RestClient } from './rest-client.ts';
import type { TestNode } from './federation.ts';

/** An opportunity that passes every check of submit and publish; `more` replaces core fields. */
export function opportunity(
  node: TestNode,
  more: { title?: string; core?: Answer; attrs?: Answer; label?: Label | undefined; fieldLabels?: Answer } = {},
) {
  return {
    kind: 'opportunity',
    core: {
      ...withoutOwnerName(
        exampleCore('opportunity', {
          title: more.title ?? '示例老旧管网漏损监测与预警',
          domains: ['urban-rural-governance'],
          scenarioTypes: ['urban-rural-governance.01'],
          scenarioKind: 'small-incision',
          region: node.adcode,
          ownerUscc: node.organisations.agency,
        }),
      ),
      ...more.core,
    },
    attrs: more.attrs ?? {},
    ...('label' in more ? (more.label ? { label: more.label } : {}) : { label: PRESETS.pub }),
    ...(more.fieldLabels ? { fieldLabels: more.fieldLabels } : {}),
  };
}

/** The node derives the owner's name. */
const withoutOwnerName = ({ ownerName: _derived, ...core }: Answer): Answer => core;

/** Makes the two sample organisations of a node through its REST face. */
export async function makeOrganisations(node: TestNode): Promise<void> {
  const coordinator = await node.as('coordinator');
  const make = async (uscc: string, name: string, type: string) => {
    const made = await coordinator.post('/organisations', { uscc, name, type, region: node.adcode });
    if (made.status !== 201 && made.body.code !== 'ORGANISATION_EXISTS') throw new Error(`organisation: ${made.status} ${made.text}`);
  };
  await make(node.organisations.agency, '示例水务运营单位', 'agency');
  await make(node.organisations.enterprise, '示例智能装备企业', 'enterprise');
}

export interface Desk {
  owner: RestClient;
  lead: RestClient;
  coordinator: RestClient;
}
export const deskOf = async (node: TestNode): Promise<Desk> => ({
  owner: await node.as('owner'),
  lead: await node.as('lead'),
  coordinator: await node.as('coordinator'),
});

export async function must(reply: Promise<{ status: number; text: string; body: Answer }>, status: number): Promise<Answer> {
  const got = await reply;
  if (got.status !== status) throw new Error(`expected ${status}, got ${got.status}: ${got.text}`);
  return got.body;
}

/** create → submit → select → publish, each through REST; answers the published record. */
export async function publish(desk: Desk, body: object): Promise<Answer> {
  const created = await must(desk.owner.post('/records', body), 201);
  return publishDraft(desk, created);
}

export async function publishDraft(desk: Desk, draft: Answer): Promise<Answer> {
  const path = `/records/${encode(draft.id)}/advance`;
  const submitted = await must(desk.owner.post(path, { verb: 'submit', rev: draft.rev }), 200);
  const selected = await must(desk.lead.post(path, { verb: 'select', rev: submitted.rev }), 200);
  return must(desk.coordinator.post(path, { verb: 'publish', rev: selected.rev }), 200);
}

/** Asks until `accept` holds; answers how long that took, or fails with what was seen last. */
export async function eventually<T>(
  ask: () => Promise<T>,
  accept: (answer: T) => boolean,
  withinMs = 10_000,
): Promise<{ answer: T; tookMs: number }> {
  const started = performance.now();
  for (;;) {
    const answer = await ask();
    const tookMs = performance.now() - started;
    if (accept(answer)) return { answer, tookMs };
    if (tookMs > withinMs) throw new Error(`not within ${withinMs} ms; last seen: ${JSON.stringify(answer).slice(0, 800)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
