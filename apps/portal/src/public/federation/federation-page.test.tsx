import { describe, expect, it } from 'vitest';
import { calmStatus, provinceStatus, publicStatus } from '../../testing/federation.ts';
import type { FederationStatus } from '../../views.ts';
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
    expect(text).toContain('<small class="original">原文：<span lang="en">/data/core/domain is none of the 14</span></small>');
    expect(between(text, '因未分级而封存', '</div>')).toContain('<dd>4<small>');
    expect(text).toContain('湘西州：连不上，但没有停');
  });

  it('tells by which road each view and each feed travels, and how the brokers are', () => {
    const text = html(federation());
    expect(text).toContain('Kafka 正常。Kafka 最近一次确认收妥：11月24日 08:59。');
    const peer = between(text, '<code class="muted">peer</code>', '</tr>');
    expect(peer).toContain('Kafka 1');
    expect(peer).not.toContain('HTTPS');
    expect(between(text, '<code class="muted">up</code>', '</tr>')).toContain('Kafka 2、HTTPS 1');
    expect(text).toContain('收到 Kafka 4,100、HTTPS 17');
    expect(text).toContain('33 / 33<small>Kafka 已确认 31</small>');
    const failing = (reason: FederationStatus['kafka']['reason']) =>
      html({ name: 'federation', status: provinceStatus({ kafka: { ...provinceStatus().kafka, state: 'failing', reason } }) });
    expect(failing(null)).toContain('Kafka 收发不正常，内容改走 HTTPS，不丢也不重。Kafka 最近');
    const reason = { code: 'TOPIC_MISSING', text: '没有要用的主题', remedy: '在省节点建立', detail: 'no topic', at: provinceStatus().asOf };
    expect(failing(reason)).toContain('不丢也不重。原因：没有要用的主题。怎么办：在省节点建立。Kafka 最近');
    expect(failing(reason)).toContain('原文：<span lang="en">no topic</span>');
    const without = html({
      name: 'federation',
      status: provinceStatus({ kafka: { ...provinceStatus().kafka, configured: false, state: 'off' } }),
    });
    expect(without).toContain('本节点没有配置 Kafka，内容都走 HTTPS。');
  });

  it('claims no road for a feed that never moved, and none for a view that nobody reads', () => {
    const text = html(federation());
    const unread = between(text, '<code class="muted">public</code>', '</tr>');
    expect(unread).toContain('未启用：还没有节点接收');
    expect(unread).not.toMatch(/HTTPS|1 \/ 1/);
    const details = text.slice(text.indexOf('<details class="twin"'));
    expect(between(details, '<code>public</code>', '</tr>')).toMatch(/–.*未启用：还没有节点接收/s);
    const empty = details.split('<tr').find((row) => row.includes('湘潭市'))!;
    expect(empty).toContain('尚无事件');
    expect(empty).not.toMatch(/HTTPS|正常/);
    const only = provinceStatus({ feeds: provinceStatus().feeds.filter(({ origin }) => origin === '430300') });
    expect(between(html({ name: 'federation', status: only }), '<code class="muted">peer</code>', '</tr>')).toContain('尚无事件');
  });

  it('unfolds the feeds when one waits for what is missing, and tells those who watch why and what to do', () => {
    const text = html(federation());
    expect(text).toMatch(/<details class="twin" open="">/);
    for (const part of [
      '<span class="warm">2 天没有消息</span>',
      '中间有缺，已等 10 分钟',
      '缺 3904 至 3906，两条路都还没有送到',
      '最近拒收 11月24日 07:00：签名核验不过',
      '怎么办：与对方核对名册里的公钥',
      '最近出错 11月24日 08:59：没有可用的代理节点',
      '怎么办：看代理是否在运行',
      '怎么办：看来源节点是否在运行',
      'signature does not verify',
      'no answer in 15000 ms',
      '补回缺的',
      '对方没有发过，保留原样',
      'href="/workbench/federation"',
    ])
      expect(text, part).toContain(part);
    expect(between(text, 'id="f-compare"', '</table>')).toMatch(/怀化市.*不一致/s);
  });

  it('shows anybody road, age, lag and state, and neither reasons nor comparisons; it does not claim that nothing was refused', () => {
    const text = html({ name: 'federation', status: publicStatus() });
    for (const part of ['中间有缺，已等 10 分钟', 'Kafka 已确认 31', '登录后可见', 'href="/auth/login?returnTo=%2Ffederation"'])
      expect(text, part).toContain(part);
    for (const part of ['两条路都还没有送到', '签名核验不过', '没有可用的代理节点', 'no answer', '内容比对', '近期没有拒收'])
      expect(text, part).not.toContain(part);
    const signedIn = html({ name: 'federation', status: publicStatus() }, { person: { name: '示例' } });
    expect(signedIn).not.toContain('登录查看');
  });

  it('names a node that runs another release', () => {
    const nodes = provinceStatus().nodes.map((node) => (node.adcode === '430200' ? { ...node, release: '0.0.9' } : node));
    const text = html({ name: 'federation', status: provinceStatus({ nodes }) });
    expect(between(text, 'id="n430200"', '</th>')).toContain('版本 0.0.9，第 1 代');
    expect(count(text, '，第 1 代')).toBe(1);
  });

  it('is calm when all is well', () => {
    const text = html({ name: 'federation', status: calmStatus() });
    expect(text).toMatch(/\d+ 个节点的内容都是最新。/);
    for (const part of ['class="off"', 'stale', 'class="calm"', '<details class="twin" open']) expect(text).not.toContain(part);
  });
});
