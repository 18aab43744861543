import { describe, expect, it } from 'vitest';
import { between, html } from '../../testing/markup.ts';
import { homePage } from '../../testing/requests.ts';

describe('home', () => {
  it('gives every count its data time, and the map the same counts as its table', () => {
    const page = homePage();
    const text = html(page);
    expect(text).toContain('数据时间 2026年11月24日 09:00');
    const changsha = page.places['430100']?.opportunity;
    expect(between(text, '<b>长沙</b>', '</a>')).toContain(`<span class="fig">${changsha}</span>`);
    expect(between(text, '>长沙市</a>', '</tr>')).toContain(`<td class="n">${changsha}</td>`);
  });

  it('marks a node not heard from with its age, on the map and in the table', () => {
    const text = html(homePage());
    expect(text).toMatch(/class="c1 r2 stale"><a [^>]*><span><b>湘西<\/b><span class="age">2 天<\/span>/);
    expect(between(text, '>湘西州</a>', '</tr>')).toContain('<span class="warm">2 天前</span>');
  });

  it('leaves out what has no facts: targets, stage counts, latest records', () => {
    const text = html(homePage({ targets: [], latest: [], stages: undefined as never }));
    for (const id of ['h-aim', 'h-new']) expect(text).not.toContain(`id="${id}"`);
    expect(text).not.toContain('class="cnt"');
  });
});
