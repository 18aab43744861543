import table from './plan/hunan-regions.json' with { type: 'json' };
import { adcodePrefix } from './roles.ts';
import { NODES, PROVINCE } from './vocabulary.ts';

/** A row of GB/T 2260: the province, a prefecture or a county. Months are inclusive; a row without them holds at any time. */
export interface Region {
  adcode: string;
  nameZh: string;
  level: 'province' | 'prefecture' | 'county';
  /** Code of the region it lies in; null for the province. */
  parent: string | null;
  /** First and last month in which the code is in force. */
  from?: string;
  until?: string;
  replacedBy?: string;
}

const parentOf = (county: string): string => `${county.slice(0, 4)}00`;
const startOf = new Map(table.retired.map((r) => [r.replacedBy, r.until]));

const nodes: Region[] = NODES.map((n) => ({
  adcode: n.adcode,
  nameZh: n.nameZh,
  level: n.adcode === PROVINCE ? 'province' : 'prefecture',
  parent: n.adcode === PROVINCE ? null : PROVINCE,
}));
const counties: Region[] = Object.entries(table.counties).map(([adcode, nameZh]) => {
  const from = startOf.get(adcode);
  return { adcode, nameZh, level: 'county', parent: parentOf(adcode), ...(from ? { from } : {}) };
});
const retired: Region[] = table.retired.map((r) => ({ ...r, level: 'county', parent: parentOf(r.adcode) }));

/** The province, 14 prefectures and 122 counties in force today. New districts and zones have no code: they are a `place`. */
export const REGIONS: readonly Region[] = [...nodes, ...counties];
const byCode = new Map([...REGIONS, ...retired].map((r) => [r.adcode, r]));

/**
 * The region with this code. Without a date: in force today. With one (`2016-05-01`): in force then, so that an old record keeps
 * the code of its time.
 * @example findRegion('430124') // undefined: 宁乡县 became 430182
 * @example findRegion('430124', '2016-05-01')?.replacedBy // '430182'
 */
export function findRegion(adcode: string, on?: string): Region | undefined {
  const region = byCode.get(adcode);
  if (!region) return undefined;
  if (on === undefined) return region.until === undefined ? region : undefined;
  const month = on.slice(0, 7);
  return (region.from ?? month) <= month && month <= (region.until ?? month) ? region : undefined;
}

/** The row of a code that is no longer in force, to name its successor in a message. */
export const findRetiredRegion = (adcode: string): Region | undefined => retired.find((r) => r.adcode === adcode);

/** The regions of a node: for a city itself and its counties, for the province every region. */
export const regionsOf = (adcode: string): Region[] => REGIONS.filter((r) => r.adcode.startsWith(adcodePrefix(adcode)));
