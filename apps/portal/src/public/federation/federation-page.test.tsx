import { describe, expect, it } from 'vitest';
import { calmStatus, provinceStatus } from '../../testing/federation.ts';
import { between, count, html } from '../../testing/markup.ts';

const federation = () => ({ name: 'federation' as const, status: provinceStatus() });

describe('the federation page', () => {
  it('answers in a sentence, then map and table agree, worst first', () => {
    const text = html(federation());
    expect(text.replaceAll(/<[^>]+>/g, '')).toContain('15 个节点中，12 个内容最新，3 个晚到。');
    const order = ['id="n433100"', 'id="n431100"', 'id="n431200"', 'id="n430000"', 'id="n430100"'].map((row) => text.indexOf(row));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(count(text, 'href="#n43')).toBe(14);
  });

  it('names refusals with what to do, and the sealed that nobody classified', () => {
    const text = html(federation());
    expect(text).toContain('已存入隔离区，词表更新后可重放');
    expect(between(text, '因未分级而封存', '</div>')).toContain('<dd>4<small>');
    expect(text).toContain('湘西州：连不上，但没有停');
  });

  it('is calm when all is well', () => {
    const text = html({ name: 'federation', status: calmStatus() });
    expect(text).toMatch(/\d+ 个节点的内容都是最新。/);
    for (const part of ['class="off"', 'stale', 'class="calm"']) expect(text).not.toContain(part);
  });
});
