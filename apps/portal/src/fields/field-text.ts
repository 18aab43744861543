import { findRegion } from '@xiangjing/scenario-sdk';
import type { TFunction } from 'i18next';
import { fullDay } from '../format/moment.ts';
import { wholePlace } from '../ui/place-name.ts';
import type { FieldSchema } from './field-schema.ts';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

export const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** A value in one line of words: codes by their names, dates as dates, units behind numbers, parts of an object by their titles. */
export function fieldText(t: TFunction, value: unknown, schema: FieldSchema): string {
  if (isEmpty(value)) return t('record.empty');
  if (typeof value === 'boolean') return value ? t('record.yes') : t('record.no');
  if (typeof value === 'number') return withUnit(t, value.toLocaleString('zh-CN'), schema);
  if (typeof value === 'string') return stringText(t, value, schema);
  if (Array.isArray(value)) {
    const texts = value.map((item) => fieldText(t, item, schema.items ?? {}));
    return texts.join(value.some(isObject) ? t('record.itemBreak') : t('words.separator'));
  }
  return isObject(value) ? objectText(t, value, schema) : t('record.empty');
}

function stringText(t: TFunction, value: string, schema: FieldSchema): string {
  const named = schema['x-zh']?.[value];
  if (named) return named;
  if (schema.format === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return fullDay(t, value);
  if (/^43\d{4}$/.test(value)) return findRegion(value)?.nameZh ?? value;
  return withUnit(t, value, schema);
}

function withUnit(t: TFunction, text: string, { 'x-unit': unit }: FieldSchema): string {
  if (unit === undefined) return text;
  return t('record.quantity', { text, unit: unit === 'CNY' ? t('words.yuan') : unit });
}

function objectText(t: TFunction, value: Record<string, unknown>, schema: FieldSchema): string {
  const { properties = {}, 'x-kit': kit } = schema;
  const part = (name: string) => fieldText(t, value[name], properties[name] ?? {});
  if (kit === 'period') return t('record.range', { from: part('from'), to: part('to') });
  if (kit === 'place') return [wholePlace(t, String(value.region)), value.name].filter(Boolean).join(' ');
  if (kit === 'geo-line') return t('record.points', { count: Array.isArray(value.coordinates) ? value.coordinates.length : 0 });
  return Object.keys(value)
    .filter((name) => !isEmpty(value[name]))
    .map((name) => t('record.part', { title: properties[name]?.title ?? name, text: part(name) }))
    .join(t('record.partBreak'));
}
