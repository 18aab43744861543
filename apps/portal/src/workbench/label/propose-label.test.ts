import { atLeast, isFloored, labelText, PRESETS, raise, type Label } from '@xiangjing/scenario-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field } from '../../fields/field-groups.ts';
import { audiencesOf, hasOwnLevel, labelChoices, proposeLabel, shapesOf } from './propose-label.ts';

const field = (path: string, label: Label): Field => ({
  path,
  part: 'core',
  name: path,
  title: path,
  hint: undefined,
  need: 'optional',
  label,
  schema: {},
});
const open = field('core.problem', PRESETS.pub);
const contact = field('core.contact', raise(PRESETS.biz, { pi: 'pi' }));
const resources = field('core.resources', PRESETS.biz);
const routes = field('attrs.routes', raise(PRESETS.lim, { safety: 'ps' }));

describe('the proposed label', () => {
  it('is open as long as no field with a level of its own is to hold for all', () => {
    expect([open, contact, resources, routes].filter(hasOwnLevel)).toEqual([contact, resources, routes]);
    expect(proposeLabel([])).toEqual(PRESETS.pub);
    expect(labelText(proposeLabel([resources]))).toBe('L2/-/-/U/oC');
    expect(labelText(proposeLabel([contact, routes]))).toBe('L3/pi/ps/C/oN');
  });

  it('and every choice over it is floored and not below it', () => {
    const some = fc.subarray([open, contact, resources, routes]);
    fc.assert(
      fc.property(some, (whole) => {
        const proposal = proposeLabel(whole);
        const choices = labelChoices(proposal);
        expect(choices[0]).toEqual(proposal);
        for (const label of choices) expect(isFloored(label) && atLeast(label, proposal)).toBe(true);
        for (const { label } of whole) expect(atLeast(proposal, label)).toBe(true);
        expect(new Set(choices.map(labelText)).size).toBe(choices.length);
      }),
    );
  });
});

describe('what a label does', () => {
  it('is told per audience', () => {
    expect(shapesOf(PRESETS.pub).map(({ shape }) => shape)).toEqual(['full', 'full', 'full', 'full']);
    expect(shapesOf(PRESETS.lim).map(({ shape }) => shape)).toEqual(['listed', null, null, null]);
  });

  it('never shows personal data or what touches public safety to anybody outside', () => {
    expect(audiencesOf(open, PRESETS.pub)).toEqual(['province', 'city', 'enterprise', 'public']);
    expect(audiencesOf(resources, PRESETS.pub)).toEqual(['province', 'city', 'enterprise']);
    for (const hidden of [contact, routes]) expect(audiencesOf(hidden, PRESETS.pub)).toEqual([]);
  });
});
