import { expect, test } from 'vitest';
import { textTable, widthOf } from './text-table.ts';

test('columns stand under each other where characters take two places', () => {
  const lines = textTable(
    ['通道', '路', '滞后'],
    [{ cells: ['长沙市 430100 up', 'Kafka', '0'] }, { cells: ['湘西州 433100 peer', 'HTTPS', '12'], notes: ['→ 等它恢复'] }],
  );
  expect(lines).toEqual([
    '通道                路     滞后',
    '长沙市 430100 up    Kafka  0',
    '湘西州 433100 peer  HTTPS  12',
    '    → 等它恢复',
  ]);
  expect([widthOf('湘景 ab'), widthOf('，。'), widthOf('→–·')]).toEqual([7, 4, 3]);
});
