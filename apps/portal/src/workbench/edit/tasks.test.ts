import { describe, expect, it } from 'vitest';
import { recordView } from '../../testing/records.ts';
import { testVocabulary } from '../../testing/vocabulary.ts';
import type { Issue } from '../problem.ts';
import { withKnownChoices } from './known-choices.ts';
import { formGroups, missingFields, taskState, valueIn } from './tasks.ts';

const vocabulary = testVocabulary();
const record = recordView({ attrs: {} });
const groups = formGroups(vocabulary, record);
const group = (code: string) => groups.find((known) => known.code === code)?.fields ?? [];
const issue = (pointer: string): Issue => ({ pointer, code: 'FIELD_MISSING', message: '', remedy: '' });

describe('tasks', () => {
  it('are the groups of the core and then those of the domain', () => {
    expect(groups.map(({ code }) => code).slice(-3)).toEqual(['internal', 'attrs-0', 'attrs-1']);
  });

  it('tell faults before gaps, gaps before nothing begun, and leave optional ones be', () => {
    const valueOf = valueIn(record);
    expect(taskState(group('need'), valueOf, [issue('/core/plannedTo'), issue('/core/title')])).toEqual({ name: 'wrong', count: 1 });
    expect(taskState(group('contact'), valueOf, [])).toEqual({ name: 'open', count: 2 });
    expect(taskState(group('metrics'), valueOf, [])).toEqual({ name: 'done' });
    expect(taskState(group('metrics'), () => undefined, [])).toEqual({ name: 'untouched' });
    expect(taskState(group('internal'), valueOf, [])).toEqual({ name: 'optional' });
    expect(taskState(group('metrics'), valueOf, [issue('/core/metrics/0/goal')])).toEqual({ name: 'wrong', count: 1 });
  });

  it('count what submitting and publishing still need', () => {
    const fields = groups.flatMap((known) => known.fields);
    expect(missingFields(fields, valueIn(record), 'submit').map(({ path }) => path)).toEqual([
      'core.ownerUscc',
      'core.contact',
      'core.responsiblePerson',
      'attrs.uavClass',
    ]);
    expect(missingFields(fields, valueIn(record), 'publish').map(({ path }) => path)).toContain('core.resources');
  });
});

describe('choices that depend on more than a schema', () => {
  const field = (path: string) => groups.flatMap((known) => known.fields).find((known) => known.path === path) ?? expect.fail(path);

  it('are the regions of this node', () => {
    const { schema } = withKnownChoices(field('core.region'), vocabulary, { adcode: '430100', domains: [] });
    expect(schema['x-zh']?.['430102']).toBe('芙蓉区');
    expect(schema.enum?.every((code) => String(code).startsWith('4301'))).toBe(true);
  });

  it('are the scenario types of the domains chosen', () => {
    const { schema } = withKnownChoices(field('core.scenarioTypes'), vocabulary, { adcode: '430100', domains: ['healthcare', 'ecology'] });
    expect(new Set(schema.items?.enum?.map((code) => String(code).split('.')[0]))).toEqual(new Set(['healthcare', 'ecology']));
    expect(withKnownChoices(field('core.scenarioTypes'), vocabulary, { adcode: '430100', domains: undefined }).schema.items?.enum).toEqual(
      [],
    );
  });
});
