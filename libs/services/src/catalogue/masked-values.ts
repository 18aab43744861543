import { MASKED, maskValue } from '@xiangjing/authorization';
import { pointerTo, type Issue, type Json, type JsonObject } from '@xiangjing/scenario-sdk';
import { canonical } from '../kernel/idempotency.ts';

/** A form handed back what it was shown: the masked face of the value that stands there, untouched. */
export const isMaskOf = (value: Json, present: Json | undefined): boolean =>
  present !== undefined && placesOf(value, '').length > 0 && canonical(value) === canonical(maskValue(present));

/** Half masked, half changed: what is under the mask cannot be told, and stars are nobody's data. */
export const maskIssues = (part: '/core' | '/attrs', given: JsonObject): Issue[] =>
  Object.entries(given)
    .flatMap(([name, value]) => placesOf(value, pointerTo(part, [name])))
    .map((pointer) => ({
      pointer,
      code: 'VALUE_MASKED',
      message: `“${MASKED}”是遮盖后的样子，不能存为内容`,
      remedy: '填写真实的值；不改这一项，就整项去掉或照原样交回',
    }));

/** Where a value shows the mask. */
function placesOf(value: Json, pointer: string): string[] {
  if (value === MASKED) return [pointer];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => placesOf(inner as Json, pointerTo(pointer, [key])));
}
