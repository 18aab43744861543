import { mayLeave, rowOf, AUDIENCES, type Audience, type Shape } from '@xiangjing/authorization';
import { join, labelText, PRESETS, sameLabel, type Label } from '@xiangjing/scenario-sdk';
import type { Field } from '../../fields/field-groups.ts';

/** A field whose own floor lies above what everybody may see: it is held back by itself, whatever the record's label. */
export const hasOwnLevel = (field: Field): boolean => !sameLabel(join(PRESETS.pub, field.label), PRESETS.pub);

/** The least label a record can have: open, and as strict as the fields whose level is to hold for all of it. */
export const proposeLabel = (whole: readonly Field[]): Label => join(PRESETS.pub, ...whole.map((field) => field.label));

/** The proposal, and every stricter preset over it. */
export function labelChoices(proposal: Label): Label[] {
  const stricter = Object.values(PRESETS).map((preset) => join(preset, proposal));
  return [proposal, ...stricter].filter((label, i, all) => all.findIndex((other) => labelText(other) === labelText(label)) === i);
}

/** Who would have how much of the record. */
export const shapesOf = (label: Label): { audience: Audience; shape: Shape | null }[] =>
  AUDIENCES.map((audience) => ({ audience, shape: rowOf(audience, label) }));

/** Who would see one field, were the record labelled so. */
export const audiencesOf = (field: Field, record: Label): Audience[] =>
  AUDIENCES.filter((audience) => {
    const shape = rowOf(audience, record);
    return shape !== null && mayLeave(audience, shape, field.path, join(record, field.label));
  });
