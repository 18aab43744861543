import { z } from 'zod';
import { Kind } from './kinds.ts';

const PATTERN =
  /^urn:xiangjing:(43\d{4}):(capability|opportunity|demonstration):([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})$/;

/** `urn:xiangjing:<adcode>:<kind>:<uuidv7>`: minted once by the home node, immutable. */
export const RecordId = z.string().regex(PATTERN, 'a record id reads urn:xiangjing:<adcode>:<kind>:<uuidv7>').meta({ id: 'RecordId' });
export type RecordId = z.infer<typeof RecordId>;

export const recordId = (adcode: string, kind: Kind, uuidv7: string): RecordId => `urn:xiangjing:${adcode}:${kind}:${uuidv7}`;

/** The home node and kind named in an id, or undefined if it is no record id. */
export function readRecordId(id: string): { adcode: string; kind: Kind; uuid: string } | undefined {
  const match = PATTERN.exec(id);
  return match ? { adcode: match[1]!, kind: match[2] as Kind, uuid: match[3]! } : undefined;
}
