import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { themeOf } from './theme.ts';

const css = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8');
const rootTokens = new Map(
  [...css.slice(0, css.indexOf('[data-mode')).matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value]),
);
const style = { getPropertyValue: (name: string) => rootTokens.get(name.slice(2)) ?? '' } as CSSStyleDeclaration;

it('the kit takes its colours from the tokens of the page, and grows in elder mode', () => {
  const { token, components } = themeOf(style, 'default');
  expect(token).toMatchObject({
    colorPrimary: '#0b5563',
    colorWarning: '#ad4e00',
    colorTextPlaceholder: '#566a70',
    fontSize: 14,
    controlHeight: 32,
  });
  expect(components?.Table?.headerBg).toBe('#f4f7f7');
  expect(Object.values(token ?? {})).not.toContain('');
  expect(themeOf(style, 'elder').token).toMatchObject({ fontSize: 18, controlHeight: 48 });
});
