import { definePlugin, fieldDirectory, PRESETS, raise, z, type JsonObject, type Plugin } from '@xiangjing/scenario-sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { descriptorDigest } from './descriptor-digest.ts';
import { LIMITS } from './limits.ts';
import { createPluginHost, type PluginHost, type PluginRow } from './plugin-host.ts';

const hosts: PluginHost[] = [];
afterEach(() => hosts.splice(0).forEach((host) => host.close()));

const attributes = z.object({
  beds: z.number().int().optional(),
  note: z.string().optional(),
  grade: z.enum(['a', 'b']),
  tags: z.array(z.string()).optional(),
});
type Attributes = z.infer<typeof attributes>;

/** A small domain; `validate` and the schema number are what the tests change. */
function healthcare(validate: (attrs: Attributes) => unknown = () => [], current = 1): Plugin {
  return definePlugin({
    domain: 'healthcare',
    version: '1.2.0',
    contract: 1,
    schema: {
      current,
      attrs: { opportunity: attributes },
      labels: { beds: PRESETS.pub, note: raise(PRESETS.lim, { safety: 'ps' }), grade: PRESETS.biz, tags: PRESETS.pub },
      text: {
        beds: { zh: '床位数', en: 'Beds' },
        note: { zh: '说明', en: 'Note' },
        grade: { zh: '等级', en: 'Grade' },
        tags: { zh: '标签', en: 'Tags' },
      },
    },
    rules: {
      'too-many': { zh: '{beds} 张床太多', en: 'too many', remedyZh: '减到 {most} 张', remedyEn: 'fewer' },
      unusual: { zh: '少见', en: 'unusual', remedyZh: '核对', remedyEn: 'check' },
    },
    validate: { opportunity: async () => ({ default: validate as () => [] }) },
    ui: { groups: [{ zh: '一', en: 'One', fields: ['beds', 'note', 'grade', 'tags'] }], facets: ['grade'], sorts: ['beds'] },
  }) as Plugin;
}
const row = (plugin: Plugin): PluginRow => ({ domain: 'healthcare', load: async () => ({ plugin }) });

interface Setup {
  rows?: PluginRow[];
  time?: { at: number };
}
async function hostOf({ rows = [row(healthcare())], time = { at: 0 } }: Setup = {}) {
  const lines: string[] = [];
  const write = (fields: object, text: string) => void lines.push(`${text} ${JSON.stringify(fields)}`);
  const counts: string[] = [];
  const host = await createPluginHost({
    plugins: rows,
    log: { info: write, warn: write },
    clock: { now: () => new Date(time.at) },
    counter: { add: (_n, { point, outcome }) => void counts.push(`${point} ${outcome}`) },
    limits: { deadlineMs: 40, loadDeadlineMs: 60 },
  });
  hosts.push(host);
  return { host, lines, counts, time };
}
const step = { stage: 'solicited' as const, terms: [] };
const ask = (host: PluginHost, attrs: JsonObject = { grade: 'a' }) => host.check('healthcare', 'opportunity', attrs, step);
const brief = (issues: { code: string; pointer: string }[]) => issues.map((i) => `${i.code} ${i.pointer}`);

describe('a host with a plug-in that works', () => {
  it('describes it, with a digest, and knows its fields', async () => {
    const { host } = await hostOf();
    const descriptor = host.descriptor('healthcare');
    expect(descriptor).toMatchObject({ schema: 1, facets: ['grade'], digest: expect.stringMatching(/^sha-256:[0-9a-f]{64}$/) });
    expect(host.fields('opportunity', 'healthcare').get('attrs.note')?.label.safety).toBe('ps');
    expect(host.fields('capability', 'healthcare').has('attrs.note')).toBe(false);
    expect(host.status()).toEqual([{ domain: 'healthcare', version: '1.2.0', schema: 1, state: 'ready' }]);
  });

  it('blocks with the words of the rule, and warns without blocking', async () => {
    const found = [
      { pointer: '/beds', severity: 'block', rule: 'too-many', values: { beds: 900, most: 500 } },
      { pointer: '/grade', severity: 'warn', rule: 'unusual' },
    ];
    const { host, counts } = await hostOf({ rows: [row(healthcare(() => found))] });
    expect(await ask(host)).toEqual({
      issues: [{ pointer: '/attrs/beds', code: 'RULE_VIOLATED', message: '900 张床太多', remedy: '减到 500 张' }],
      warnings: [{ pointer: '/attrs/grade', code: 'RULE_VIOLATED', message: '少见', remedy: '核对' }],
      unchecked: false,
    });
    expect(counts).toEqual(['validate ok']);
  });

  it('asks rules only about attributes of the right shape, and only about those its schema knows', async () => {
    const seen: unknown[] = [];
    const { host } = await hostOf({ rows: [row(healthcare((attrs) => (seen.push(attrs), [])))] });
    expect(brief((await ask(host, { grade: 'z' })).issues)).toEqual(['ATTRIBUTE_INVALID /attrs/grade']);
    expect(seen).toEqual([]);
    expect(await ask(host, { grade: 'a', fromSchema2: { deep: true } })).toMatchObject({ issues: [], unchecked: false });
    expect(seen).toEqual([{ grade: 'a' }]);
  });

  it('needs a required attribute from submission on, not in a draft', async () => {
    const { host } = await hostOf();
    expect((await ask(host, {})).issues).toEqual([
      { pointer: '/attrs/grade', code: 'FIELD_MISSING', message: '要填“等级”。', remedy: '补上这一项。' },
    ]);
    expect((await host.check('healthcare', 'opportunity', {}, { stage: 'draft', terms: [] })).issues).toEqual([]);
  });

  it('gives rules a copy: what they write stays with them', async () => {
    const { host } = await hostOf({ rows: [row(healthcare((attrs) => (attrs.tags?.push('theirs'), (attrs.note = 'theirs'), [])))] });
    const attrs = { grade: 'a', note: 'mine', tags: ['mine'] };
    await ask(host, attrs);
    expect(attrs).toEqual({ grade: 'a', note: 'mine', tags: ['mine'] });
  });
});

describe('what a person hands in', () => {
  it.each([
    [{ beds: 3, note: null }, []],
    [{ beds: 3.5 }, ['ATTRIBUTE_INVALID /attrs/beds']],
    [{ rooms: 3 }, ['ATTRIBUTE_INVALID /attrs/rooms']],
    [{ rooms: null }, ['ATTRIBUTE_INVALID /attrs/rooms']],
    [{ note: '长'.repeat(LIMITS.stringBytes / 3) }, []],
    [{ note: '长'.repeat(LIMITS.stringBytes / 3 + 1) }, ['ATTRIBUTE_TOO_LARGE /attrs/note']],
    [Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`n${i}`, 'x'.repeat(8000)])), ['ATTRIBUTE_TOO_LARGE /attrs']],
  ] as [JsonObject, string[]][])('case %#', async (attrs, expected) => {
    const { host } = await hostOf();
    expect(brief(host.parseDraft('healthcare', 'opportunity', attrs))).toEqual(expected);
  });
  it('has no attributes where the kind or the domain has none', async () => {
    const { host } = await hostOf();
    expect(brief(host.parseDraft('healthcare', 'capability', { beds: 1 }))).toEqual(['ATTRIBUTE_INVALID /attrs/beds']);
    expect(brief(host.parseDraft('education', 'opportunity', { minors: true }))).toEqual(['ATTRIBUTE_INVALID /attrs/minors']);
    expect(host.parseDraft('education', 'opportunity', {})).toEqual([]);
  });
});

describe('a domain without its plug-in', () => {
  it('lives on core fields, and attributes that nobody can read are not judged as fine', async () => {
    const { host } = await hostOf({ rows: [] });
    expect(await ask(host, {})).toEqual({ issues: [], warnings: [], unchecked: false });
    expect((await ask(host, { beds: 3 })).unchecked).toBe(true);
    expect(host.descriptor('healthcare')).toBeUndefined();
    expect(host.fields('opportunity', 'healthcare')).toEqual(fieldDirectory('opportunity'));
  });
});

describe('the fault grid of rules: closed, and nobody else suffers', () => {
  const endless: unknown[] = [];
  endless.push(endless);
  const finding = { pointer: '/beds', severity: 'block', rule: 'too-many' };
  const faults: [string, (attrs: Attributes) => unknown, string][] = [
    [
      'throws',
      () => {
        throw new Error('secret of a record');
      },
      'threw',
    ],
    [
      'throws no error at all',
      () => {
        throw 'secret of a record';
      },
      'threw',
    ],
    ['rejects', () => Promise.reject(new TypeError('secret of a record')), 'threw'],
    ['hangs', () => new Promise(() => {}), 'late'],
    ['answers nothing', () => undefined, 'bad-output'],
    ['answers garbage', () => 'fine', 'bad-output'],
    ['answers a rule without text', () => [{ ...finding, rule: 'invented' }], 'bad-output'],
    ['answers a pointer that is none', () => [{ ...finding, pointer: 'beds' }], 'bad-output'],
    ['answers more than agreed', () => [{ ...finding, allow: true }], 'bad-output'],
    ['answers too many', () => Array.from({ length: LIMITS.issues + 1 }, () => finding), 'bad-output'],
    ['answers too much', () => [{ ...finding, values: { beds: 'x'.repeat(LIMITS.outputBytes) } }], 'bad-output'],
    ['answers a circle', () => endless, 'bad-output'],
    [
      'answers a trap',
      () => [
        {
          get pointer(): string {
            throw new Error('secret of a record');
          },
        },
      ],
      'bad-output',
    ],
  ];
  it.each(faults)('%s', async (_what, validate, outcome) => {
    const education: PluginRow = { domain: 'education', load: async () => ({ plugin: { ...healthcare(), domain: 'education' as const } }) };
    const { host, lines, counts } = await hostOf({ rows: [row(healthcare(validate)), education] });
    expect(await ask(host)).toEqual({ issues: [], warnings: [], unchecked: true });
    expect(counts).toEqual([`validate ${outcome}`]);
    expect(lines.join('\n')).not.toContain('secret of a record');
    expect(await host.check('education', 'opportunity', { grade: 'a' }, step)).toEqual({ issues: [], warnings: [], unchecked: false });
  });

  it('fails when the code of its rules cannot be imported', async () => {
    const plugin = { ...healthcare(), validate: { opportunity: () => Promise.reject(new Error('no such file')) } };
    expect((await ask((await hostOf({ rows: [row(plugin)] })).host)).unchecked).toBe(true);
  });
  it('tells the plug-in when its time is up', async () => {
    let signal: { aborted: boolean } | undefined;
    const validate = (_a: Attributes, _at?: unknown, ctx?: { signal: { aborted: boolean } }) => (
      (signal = ctx?.signal),
      new Promise(() => {})
    );
    await ask((await hostOf({ rows: [row(healthcare(validate))] })).host);
    expect(signal?.aborted).toBe(true);
  });
});

describe('the breaker', () => {
  it('opens after five failures, asks again after thirty seconds, and closes on success', async () => {
    let broken = true;
    let calls = 0;
    const validate = () => {
      calls += 1;
      if (broken) throw new Error('x');
      return [];
    };
    const { host, counts, time } = await hostOf({ rows: [row(healthcare(validate))] });
    for (let i = 0; i < 8; i += 1) expect((await ask(host)).unchecked).toBe(true);
    expect(calls).toBe(5);
    expect(counts.slice(5)).toEqual(['validate open', 'validate open', 'validate open']);
    expect(host.status()[0]).toMatchObject({ state: 'ready', reason: expect.stringContaining('paused') });

    time.at = 30_001;
    expect((await ask(host)).unchecked).toBe(true);
    expect(calls).toBe(6);
    expect((await ask(host)).unchecked).toBe(true);
    expect(calls).toBe(6);

    time.at = 60_002;
    broken = false;
    expect((await ask(host)).unchecked).toBe(false);
    expect((await ask(host)).unchecked).toBe(false);
    expect(calls).toBe(8);
    expect(host.status()[0]).not.toHaveProperty('reason');
  });
  it('forgets failures that lie over a minute back', async () => {
    const { host, counts, time } = await hostOf({ rows: [row(healthcare(() => null))] });
    for (let i = 0; i < 10; i += 1) {
      time.at += 16_000;
      await ask(host);
    }
    expect(counts).not.toContain('validate open');
  });
});

describe('the fault grid of data: the plug-in is off, the node is up', () => {
  const bent =
    (change: (plugin: Plugin) => object): PluginRow['load'] =>
    async () => ({ plugin: { ...healthcare(), ...change(healthcare()) } as Plugin });
  const schema = (more: object) => bent((p) => ({ schema: { ...p.schema, ...more } }));
  it.each([
    ['an import that throws', () => Promise.reject(new Error('syntax')), 'PLUGIN_UNAVAILABLE'],
    ['an import that hangs', () => new Promise(() => {}), 'PLUGIN_UNAVAILABLE'],
    ['nothing exported', async () => ({}), 'MANIFEST_INVALID'],
    ['something else exported', async () => ({ plugin: 'healthcare' }), 'MANIFEST_INVALID'],
    ['another domain than its row', bent(() => ({ domain: 'education' })), 'MANIFEST_INVALID'],
    ['a future contract', bent(() => ({ contract: 9 })), 'CONTRACT_TOO_NEW'],
    ['schema number 0', schema({ current: 0 }), 'MANIFEST_INVALID'],
    ['an attribute without label', schema({ labels: { beds: PRESETS.pub } }), 'LABEL_MISSING'],
    [
      'a label under its floors',
      schema({ labels: { ...healthcare().schema.labels, beds: { ...PRESETS.pub, safety: 'ps' } } }),
      'LABEL_FLOOR',
    ],
    ['a form that is no form', bent(() => ({ ui: { groups: [{ zh: '一', en: '1', fields: 'beds' }] } })), 'MANIFEST_INVALID'],
    [
      'a form that names what is not there',
      bent(() => ({ ui: { groups: [{ zh: '一', en: '1', fields: ['rooms'] }] } })),
      'MANIFEST_INVALID',
    ],
    [
      'a text as large as a book',
      schema({ text: { ...healthcare().schema.text, beds: { zh: '床'.repeat(LIMITS.descriptorBytes), en: 'x' } } }),
      'MANIFEST_INVALID',
    ],
  ] as [string, PluginRow['load'], string][])('%s', async (_what, load, code) => {
    const education: PluginRow = { domain: 'education', load: async () => ({ plugin: { ...healthcare(), domain: 'education' as const } }) };
    const { host } = await hostOf({ rows: [{ domain: 'healthcare', load }, education] });
    expect(host.status()).toEqual([
      { domain: 'education', version: '1.2.0', schema: 1, state: 'ready' },
      { domain: 'healthcare', version: null, schema: null, state: 'failed', reason: expect.stringMatching(new RegExp(`^${code}`)) },
    ]);
    expect((await ask(host, {})).unchecked).toBe(true);
    expect(brief(host.parseDraft('healthcare', 'opportunity', { beds: 1 }))).toEqual(['PLUGIN_UNAVAILABLE /attrs']);
    expect(host.descriptor('healthcare')).toBeUndefined();
  });
  it('a second plug-in for a domain is ignored, aloud', async () => {
    const { host, lines } = await hostOf({ rows: [row(healthcare()), row(healthcare(() => [], 2))] });
    expect(host.descriptor('healthcare')?.schema).toBe(1);
    expect(lines.join()).toContain('second plug-in');
  });
});

describe('the digest', () => {
  it('changes with what the schema number promises and with nothing else', async () => {
    const digest = async (plugin: Plugin) => (await hostOf({ rows: [row(plugin)] })).host.descriptor('healthcare')?.digest;
    const before = await digest(healthcare());
    expect(await digest({ ...healthcare(), version: '1.2.1' })).toBe(before);
    expect(await digest(healthcare(() => [], 2))).not.toBe(before);
    const descriptor = (await hostOf()).host.descriptor('healthcare');
    expect(descriptor && descriptorDigest({ ...descriptor, labels: { ...descriptor.labels, beds: PRESETS.biz } })).not.toBe(before);
    expect(descriptor && descriptorDigest(JSON.parse(JSON.stringify(descriptor)))).toBe(before);
  });
});
