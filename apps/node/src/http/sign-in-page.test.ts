import { expect, test } from 'vitest';
import { signInPage, signInTrouble } from './sign-in-page.ts';

test.each([
  ['the issuer is away', 'UPSTREAM_UNAVAILABLE', {}, false, 'away', 503],
  ['cancelled', 'TOKEN_INVALID', { error: 'access_denied' }, false, 'denied', 403],
  [
    'left open too long',
    'TOKEN_INVALID',
    { error: 'temporarily_unavailable', error_description: 'authentication_expired' },
    false,
    'expired',
    400,
  ],
  ['the issuer is overloaded', 'TOKEN_INVALID', { error: 'temporarily_unavailable' }, false, 'away', 503],
  ['the issuer failed', 'TOKEN_INVALID', { error: 'server_error' }, false, 'away', 503],
  ['no second factor', 'TOKEN_INVALID', { error: 'access_denied' }, true, 'weak', 403],
  ['a code used twice', 'TOKEN_INVALID', { code: 'x' }, false, 'refused', 401],
  ['an odd query', 'TOKEN_INVALID', { error: ['a', 'b'] }, false, 'refused', 401],
] as const)('%s', (_, code, query, isStepUp, trouble, status) => {
  expect(signInTrouble(code, query, isStepUp)).toBe(trouble);
  expect(signInPage(trouble, { returnTo: '/', isStepUp, nodeName: '长沙市' }).status).toBe(status);
});

test('the page is Chinese, leads back to where the person was going, and repeats nothing as markup', () => {
  const { html } = signInPage('weak', { returnTo: '/workbench/?a="><script>', isStepUp: true, nodeName: '长沙<市>' });
  expect(html).toContain('<html lang="zh-CN">');
  expect(html).toContain('href="/auth/login?returnTo=%2Fworkbench%2F%3Fa%3D%22%3E%3Cscript%3E&amp;stepUp=1"');
  expect(html).not.toMatch(/<script|<市>/);
});
