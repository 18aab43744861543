import { describe, expect, it } from 'vitest';
import { between, count, html } from '../../testing/markup.ts';
import { recordView, stubView, testId } from '../../testing/records.ts';
import { recordPage } from '../../testing/requests.ts';

describe('a record', () => {
  it('shows fields by the names of core and plug-in, codes by their names, units behind numbers', () => {
    const text = html(recordPage());
    for (const part of ['要解决的问题', '<dd>先试用后付费</dd>', '低空经济：飞行器', '<dd>中型</dd>', '<dd>8 kg</dd>', '<dd>芙蓉区</dd>'])
      expect(text).toContain(part);
  });

  it('names what is withheld up to L2 and how to get it, and nothing above', () => {
    const text = html(recordPage());
    const panel = between(text, 'id="a-withheld"', '</section>');
    expect(panel).toContain('<b>联系人</b>含个人信息');
    expect(panel).toContain('<b>提供的资源</b>分级 L2');
    for (const above of ['航线', '内部备注']) expect(text).not.toContain(above);
  });

  it('shows where it comes from and how old that is', () => {
    const panel = between(html(recordPage()), 'id="a-provenance"', '</section>');
    for (const part of ['长沙市 430100', '第 6 版', '11月24日 08:59', '10 秒前', '已核验']) expect(panel).toContain(part);
    const stale = recordView({ provenance: { ...recordView().provenance, heardAt: '2026-11-22T13:05:00.000Z' } });
    expect(between(html(recordPage({ record: stale })), '最近听到', '</dl>')).toContain('<dd class="warm">35 小时前</dd>');
  });

  it('shows each change before and after, and reasons', () => {
    const log = between(html(recordPage()), 'id="s-history"', '</article>');
    expect(log).toContain('<del>2027年10月31日</del>');
    expect(log).toContain('<ins>2027年12月31日</ins>');
    expect(log).toContain('理由：请补充验收办法');
    expect(log.indexOf('第 6 版')).toBeLessThan(log.indexOf('第 1 版'));
  });

  it('marks the stage it stands in, with the dates this node knows', () => {
    const steps = between(html(recordPage()), '<ol class="steps"', '</ol>');
    expect(steps).toContain('<li class="now" aria-current="step">对接');
    expect(steps).toContain('发布<small>11月18日</small>');
    expect(count(steps, '未开始')).toBe(2);
  });

  it('that is a stub says so and holds nothing of the record', () => {
    const text = html(recordPage({ record: stubView(), history: { items: [] } }));
    expect(text).toContain('内容不公开的场景机会');
    for (const part of ['燃气', '低空经济：', '0731', '公开联系方式']) expect(text).not.toContain(part);
  });

  it('that is a summary or a listing says what is left out', () => {
    const core = { title: '城市燃气管线无人机巡检', summary: '摘要' };
    expect(html(recordPage({ record: recordView({ shape: 'summary', core, attrs: {} }) }))).toContain('这里是公开摘要');
    expect(html(recordPage({ record: recordView({ shape: 'listed', core, attrs: {} }) }))).toContain('目录信息');
  });

  it('of a domain without its plug-in opens by core fields', () => {
    const record = recordView({ core: { ...recordView().core, domains: ['ecology'] }, attrs: { unknown: 'kept' } });
    const text = html(recordPage({ record }));
    expect(text).toContain('本节点没有生态环保的专项表单');
    expect(text).not.toContain('kept');
  });

  it('of another node leads nowhere else to change it, of this node says that here is its home', () => {
    expect(html(recordPage())).toContain('湖南省保存收到的原文');
    expect(html(recordPage({ record: recordView({ id: testId(1, '430000'), origin: '430000' }) }))).toContain('这里是归属节点');
  });
});
