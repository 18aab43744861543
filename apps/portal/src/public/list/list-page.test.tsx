import { describe, expect, it } from 'vitest';
import { between, hrefs, html } from '../../testing/markup.ts';
import { listedRecord, recordList } from '../../testing/records.ts';
import { listPage, someRecords } from '../../testing/requests.ts';

describe('lists', () => {
  const query = { q: '管网', domain: ['ecology' as const, 'healthcare' as const], due: '30d' as const, sort: 'due' as const };

  it('keep all that is chosen on the way to the next page, in the sort form and in each chip', () => {
    const text = html(listPage({ query: { ...query, cursor: 'c1' } }));
    expect(hrefs(text)).toContain('/opportunities?q=%E7%AE%A1%E7%BD%91&domain=ecology&domain=healthcare&due=30d&sort=due&cursor=c2');
    const sort = between(text, '<div class="tally">', '</form>');
    for (const part of [
      'name="q" value="管网"',
      'name="domain" value="ecology"',
      'name="domain" value="healthcare"',
      'name="due" value="30d"',
    ])
      expect(sort).toContain(part);
    expect(hrefs(between(text, 'class="chips"', '</p>'))).toContain(
      '/opportunities?q=%E7%AE%A1%E7%BD%91&domain=healthcare&due=30d&sort=due',
    );
    expect(hrefs(text)).toContain('/opportunities?q=%E7%AE%A1%E7%BD%91&domain=ecology&domain=healthcare&due=30d&sort=due'); // back to page one
  });

  it('draw the facets from the counts, chosen ones ticked even when they count nothing', () => {
    const text = html(listPage({ query: { domain: ['transport'] } }));
    expect(text).toMatch(/name="domain" checked="" value="transport"\/>交通运输<span>0<\/span>/);
    expect(text).toMatch(/name="domain" value="urban-rural-governance"\/>城乡治理<span>38<\/span>/);
    expect(text).not.toContain('name="kind"');
    expect(html(listPage({ kind: null }))).toContain('name="kind" value="capability"');
  });

  it('show of a stub neither title nor owner, and mark what is late, close and suspended', () => {
    const text = html(listPage());
    const row = (adcode: string) => between(text, `/records/urn:xiangjing:${adcode}:`, '</li>');
    expect(row('430600')).toContain('内容不公开的场景机会');
    expect(row('430600')).not.toContain('示例水务');
    expect(row('433100')).toContain('内容为 11月22日 21:05，尚未同步');
    expect(row('430200')).toContain('<span class="warm">还有 6 天</span>');
    expect(row('430300')).toContain('已暂停');
    expect(row('430000')).toContain('本节点');
  });

  it('say which nodes were not heard from', () => {
    expect(html(listPage())).toContain('湘西州自 11月22日 21:05 未同步');
    expect(html(listPage({ list: recordList(someRecords()) }))).not.toContain('class="notice"');
  });

  it('offer a next step when nothing is found', () => {
    const text = html(listPage({ query: { q: '没有' }, list: recordList([]) }));
    expect(text).toContain('没有符合条件的记录');
    expect(hrefs(between(text, 'class="empty"', '</div>'))).toEqual(['/search?q=%E6%B2%A1%E6%9C%89']);
  });

  it('write a hostile title as text', () => {
    const text = html(listPage({ list: recordList([listedRecord({ title: '<img src=x onerror=alert(1)>' })]) }));
    expect(text).not.toContain('<img');
    expect(text).toContain('&lt;img src=x');
  });
});
