import type { JsonObject, Kind } from '@xiangjing/scenario-sdk';
import type { Making } from './common-core.ts';

/** The attributes of the record's first domain, where that domain has a plug-in. */
export function attributesOf(_make: Making, _kind: Kind, _core: JsonObject): JsonObject {
  return {};
}
