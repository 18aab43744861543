import { CITIES } from '@xiangjing/scenario-sdk';
import { describe, expect, it } from 'vitest';
import { DemoError } from './demo-error.ts';
import { portOf, readNodes, readNumber } from './options.ts';

describe('--nodes', () => {
  it('takes five, all and a list, and always has the province first', () => {
    expect(readNodes('five')).toEqual(['430000', '430100', '430200', '430300', '430600', '430400']);
    expect(readNodes('all')).toHaveLength(1 + CITIES.length);
    expect(readNodes('430200, 430100')).toEqual(['430000', '430200', '430100']);
    expect(readNodes('430000,430100,430100')).toEqual(['430000', '430100']);
  });
  it('names what is no node, and says what to type', () => {
    expect(() => readNodes('430100,440300')).toThrow(DemoError);
    expect(() => readNodes('430100,440300')).toThrow('“440300” is no node');
  });
});

it('gives each node a port of its own', () => {
  expect(portOf('430000', 4300)).toBe(4300);
  expect(portOf('430100', 4300)).toBe(4301);
  expect(portOf('433100', 4300)).toBe(4331);
  expect(new Set(readNodes('all').map((a) => portOf(a, 5300))).size).toBe(15);
});

it('refuses a number outside its range', () => {
  expect(readNumber('--timeout', '120', [1, 3600])).toBe(120);
  for (const text of ['0', '1.5', 'soon', '', '4000']) expect(() => readNumber('--timeout', text, [1, 3600])).toThrow('--timeout');
});
