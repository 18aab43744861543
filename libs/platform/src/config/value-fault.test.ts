import { expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { loadConfig } from './load-config.ts';

const CODES = ['430000', '430100'];
const Config = z.strictObject({
  code: z.enum(CODES, '应为节点代码').default('430000'),
  name: z.string().min(1).default('x'),
  port: z.number().int().min(1000).max(2000).default(1000),
  share: z.number().gt(0).lt(1).default(0.5),
  level: z.enum(['info', 'warn']).default('info'),
  isOpen: z.boolean().default(false),
  tls: z.union([z.boolean(), z.strictObject({ caFile: z.string() })], '应是开关，或证书文件 { caFile: … }').default(false),
  targets: z.union([z.literal('all'), z.array(z.enum(['portal', 'egress']))]).default('all'),
  names: z.array(z.string()).default([]),
  peers: z.partialRecord(z.enum(['portal', 'egress']), z.url('应为地址')).default({}),
  services: z.partialRecord(z.enum(CODES), z.strictObject({ secret: z.string() })).default({}),
});

function faultOf(text: string): string {
  try {
    loadConfig(Config, { text, env: {}, prefix: 'X_' });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults.map(({ message, remedy }) => `${message} ${remedy}`).join('\n');
  }
  return '';
}

test.each([
  ['level: warning', '没有这种取值。 是否想写 warn？可写：info、warn。'],
  ['level: loud', '没有这种取值。 可写：info、warn。'],
  ['code: "430199"', '应为节点代码。 可写：430000、430100。'],
  ['code: 430100', '应为节点代码。 给它加上引号。'],
  ['isOpen: ture', '应是 true 或 false。 是否想写 true？可写：true、false。'],
  ['tls: tru', '应是开关，或证书文件 { caFile: … }。 是否想写 true？可写：true、false。'],
  ['targets: [portl, egress]', '没有这种取值。 是否想写 portal？可写：all、portal、egress。'],
  ['targets: al', '没有这种取值。 是否想写 all？可写：all。'],
  ['port: high', '应是数字。 写成数字，不加引号。'],
  ['port: 999', '不能少于 1000。 照此改正。'],
  ['port: 2001', '不能多于 2000。 照此改正。'],
  ['share: 0', '应大于 0。 照此改正。'],
  ['share: 1', '应小于 1。 照此改正。'],
  ['name: ""', '不能为空。 照此改正。'],
  ['name: 7', '应是文字。 写成文字；看着像数字的要加引号。'],
  ['names: x', '应是列表。 写成列表，如 [一项, 另一项]。'],
  ['peers: x', '应是键和值。 在它下面缩进着写键和值。'],
  ['peers: { portal: x }', '应为地址。 照此改正。'],
])('%s', (text, told) => {
  expect(faultOf(text)).toBe(told);
});

test('a table with a closed list of keys takes no other, and names those it takes', () => {
  expect(faultOf('peers: { portl: "http://x" }')).toBe('没有这个键。 是否想写 peers.portal？');
  expect(faultOf('services: { "430199": { secret: s } }')).toBe('没有这个键。 删去它；这里可写：430000、430100。');
  expect(faultOf('services: { "430100": { scret: s } }')).toContain('没有这个键。 是否想写 services.430100.secret？');
});

test('names no written value: it may be a secret', () => {
  expect(faultOf('services: { "430100": { secret: 47110815 } }\nlevel: hunter2-hunter2')).not.toMatch(/4711|hunter2/);
});
