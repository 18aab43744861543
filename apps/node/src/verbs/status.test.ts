import { expect, test } from 'vitest';
import { missingText } from './status.ts';

test('what a node that is not ready still lacks, in Chinese', () => {
  expect(missingText('database')).toBe('数据库连不上');
  expect(missingText('migrations: 20261125000000_roads, 20261125000001_trace')).toBe(
    '表结构还没有升级完（20261125000000_roads, 20261125000001_trace）',
  );
  expect(missingText('targets')).toBe('服务还在启动');
  expect(missingText('something new')).toBe('something new');
});
