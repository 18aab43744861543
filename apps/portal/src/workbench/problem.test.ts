import { describe, expect, it } from 'vitest';
import { problemOf } from './problem.ts';

describe('a failed call', () => {
  it('carries the problem as the node states it', () => {
    const problem = {
      status: 422,
      code: 'INPUT_INVALID',
      detail: '有两处要改',
      remedy: '',
      traceId: 't',
      errors: [{ pointer: '/core/title', code: 'FIELD_MISSING', message: '没有填', remedy: '补上' }],
    };
    expect(problemOf(Object.assign(new Error('x'), { data: { problem: { ...problem, title: 'more' } } }))).toEqual(problem);
  });

  it('without one counts as a node that does not answer', () => {
    for (const error of [new TypeError('fetch failed'), undefined, { data: { problem: { code: 1 } } }])
      expect(problemOf(error)).toMatchObject({ status: 503, code: 'UPSTREAM_UNAVAILABLE', errors: [] });
  });
});
