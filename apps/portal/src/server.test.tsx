import { describe, expect, it } from 'vitest';
import { render } from './server.tsx';
import { provinceStatus } from './testing/federation.ts';
import { between, count, hrefs, html } from './testing/markup.ts';
import { homePage, listPage, recordPage, request } from './testing/requests.ts';

const federation = () => ({ name: 'federation' as const, status: provinceStatus() });
const problem = (status: number, code: string) => ({ name: 'problem' as const, status, code });
const everyPage = {
  home: homePage(),
  list: listPage(),
  record: recordPage(),
  federation: federation(),
  problem: problem(404, 'NOT_FOUND'),
};

describe('every public page', () => {
  for (const [name, page] of Object.entries(everyPage)) {
    it(`${name} works without a script: one enhancement, no handler, no inline style, only GET forms`, () => {
      const text = html(page);
      expect(text.startsWith('<!doctype html><html lang="zh-CN"')).toBe(true);
      expect(count(text, '<script')).toBe(1);
      expect(text).not.toMatch(/ on[a-z]+="/);
      expect(text).not.toContain(' style="');
      expect(text).not.toMatch(/method="post"/i);
    });
    it(`${name} links to this node only, and to nothing empty`, () => {
      const links = hrefs(html(page));
      expect(links.length).toBeGreaterThan(5);
      expect(links.filter((href) => !/^(\/(?!\/)|#[\w-]+$)/.test(href))).toEqual([]);
    });
    it(`${name} has one heading of the first order, a skip link and a named landmark each`, () => {
      const text = html(page);
      expect(count(text, '<h1')).toBe(1);
      expect(text).toContain('<a class="skip" href="#main">');
      expect(text).toContain('<main id="main"');
    });
  }

  it('says it is a demonstration only where it is one', () => {
    expect(html(homePage())).toContain('class="sample"');
    expect(html(homePage(), { demo: false })).not.toContain('class="sample"');
  });

  it('carries mode and contrast, and a way back from both', () => {
    const text = html(homePage(), { mode: 'elder', contrast: 'high', url: '/opportunities?domain=ecology' });
    expect(text).toContain('data-mode="elder" data-contrast="high"');
    expect(hrefs(text)).toContain('/opportunities?domain=ecology&mode=default');
    expect(hrefs(text)).toContain('/opportunities?domain=ecology&contrast=default');
  });

  it('shows of the footer what the node configured and no empty line', () => {
    const footer = { organiser: '', operator: '', siteCode: '', icp: '湘ICP备00000000号', publicSecurity: '', contact: '' };
    const foot = between(html(homePage(), { node: { adcode: '430100', nameZh: '长沙市', hostUnit: '', footer } }), '<footer', '</footer>');
    expect(foot).toContain('湘ICP备00000000号');
    expect(count(foot, '<li>')).toBe(1);
  });

  it('leads to sign-in, or to the workbench of who is signed in', () => {
    expect(hrefs(html(homePage()))).toContain('/auth/login?returnTo=%2Fworkbench%2F');
    expect(hrefs(html(homePage(), { person: { name: '示例' } }))).toContain('/workbench/');
  });
});

describe('problem pages', () => {
  it('answer with their status, what it means, what to do and the number for the log', () => {
    const page = render(request(problem(503, 'UPSTREAM_UNAVAILABLE')));
    expect(page.status).toBe(503);
    for (const part of ['<title>错误：服务暂时不可用', '请稍后刷新', 'UPSTREAM_UNAVAILABLE', '4bf92f3577b34da6'])
      expect(page.html).toContain(part);
    expect(render(request(problem(418, 'OTHER'))).html).toContain('这一步没有完成');
    expect(render(request(problem(507, 'OTHER'))).html).toContain('本节点出了故障');
  });

  it('for an absent record are the same bytes whatever the trace', () => {
    const page = problem(404, 'NOT_FOUND');
    expect(html(page, { traceId: 'a' })).toBe(html(page, { traceId: 'b' }));
  });

  it('otherwise take the clock of the node when none is given', () => {
    const { now: _now, ...rest } = request(homePage());
    expect(render(rest).status).toBe(200);
  });
});
