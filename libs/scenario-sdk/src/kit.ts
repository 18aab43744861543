import { z } from 'zod';
import { named } from './choice.ts';

/**
 * The attribute kit: shapes that several domains need, so that one thing looks the same in every form. Plain JSON: dates are
 * ISO strings, money is a decimal string, a range is two numbers.
 */
const text = (max: number) => z.string().trim().min(1).max(max);
const date = z.iso.date();

/** A number with its unit in the name of the form field: `quantity('kg', { max: 25_000 })`. */
export const quantity = (unit: string, { min = 0, max }: { min?: number; max?: number } = {}) => {
  const number = z.number().min(min);
  return (max === undefined ? number : number.max(max)).meta({ 'x-kit': 'quantity', 'x-unit': unit });
};

/** An amount of money in yuan, as a decimal string: no rounding on the way. */
export const money = z
  .string()
  .regex(/^\d{1,13}(\.\d{1,2})?$/)
  .meta({ 'x-kit': 'money', 'x-unit': 'CNY' });

export const period = z.strictObject({ from: named(date, '开始|from'), to: named(date, '结束|to') }).meta({ 'x-kit': 'period' });
export type Period = z.infer<typeof period>;

/** Names a permission given elsewhere: the document itself stays with its authority. */
export const approvalRef = z
  .strictObject({
    number: named(text(80), '批准文号|number'),
    authority: named(text(120), '批准单位|authority'),
    validFrom: named(date, '有效期起|valid from'),
    validTo: named(date, '有效期止|valid to'),
  })
  .meta({ 'x-kit': 'approval-ref' });
export type ApprovalRef = z.infer<typeof approvalRef>;

/** Names a piece of evidence, by digest where it is a file. */
export const evidenceRef = z
  .strictObject({
    title: named(text(120), '名称|title'),
    issuer: named(text(120), '出具单位|issuer').optional(),
    date: named(date, '日期|date').optional(),
    digest: named(z.string().regex(/^sha-256:[0-9a-f]{64}$/), '文件摘要|digest').optional(),
  })
  .meta({ 'x-kit': 'evidence-ref' });

/** Names a data set; no attribute holds the data. */
export const datasetRef = z
  .strictObject({
    name: named(text(120), '数据集名称|name'),
    registrationCode: named(text(60), '登记编码|registration code').optional(),
    holder: named(text(120), '持有单位|holder'),
  })
  .meta({ 'x-kit': 'dataset-ref' });

/** A measured starting point, with how it was measured. */
export const baseline = z
  .strictObject({
    value: named(z.number(), '数值|value'),
    unit: named(text(20), '单位|unit'),
    method: named(text(500), '测量方法|method'),
    measuredOn: named(date, '测量日期|measured on').optional(),
  })
  .meta({ 'x-kit': 'baseline' });

/** Names an organisation; the code is checked where it is given. */
export const orgRef = z
  .strictObject({
    name: named(text(120), '单位名称|name'),
    uscc: named(z.string().regex(/^[0-9A-Z]{18}$/), '统一社会信用代码|USCC').optional(),
  })
  .meta({ 'x-kit': 'org-ref' });

/** A place as the public may see it: region code and a name, never coordinates. */
export const place = z
  .strictObject({ region: named(z.string().regex(/^43\d{4}$/), '行政区划代码|region'), name: named(text(120), '地点|place').optional() })
  .meta({ 'x-kit': 'place' });

/** A line on the map, CGCS2000 longitude and latitude, as GeoJSON. Never GCJ-02: a shifted line would be flown. */
export const geoLine = z
  .strictObject({
    type: z.literal('LineString'),
    coordinates: z
      .array(z.tuple([z.number().min(108).max(115), z.number().min(24).max(31)]))
      .min(2)
      .max(200),
  })
  .meta({ 'x-kit': 'geo-line' });

/** True if `inner` lies wholly in the days from `from` to `to`. */
export const covers = (from: string, to: string, inner: { from: string; to: string }): boolean => from <= inner.from && inner.to <= to;
