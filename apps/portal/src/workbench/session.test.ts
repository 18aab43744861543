import { describe, expect, it } from 'vitest';
import { readSession } from './session.ts';

const answer = {
  person: { name: '示例', grants: ['owner@org:12990000000000001A', 'nonsense'] },
  csrf: 'c',
  node: { adcode: '430100', nameZh: '长沙市' },
};

function node(body: unknown) {
  const asked: string[] = [];
  const ask: typeof fetch = (url) => {
    asked.push(url instanceof Request ? url.url : String(url));
    return Promise.resolve(Response.json(body));
  };
  return { asked, ask };
}

describe('the session', () => {
  it('has the grants that the SDK can read, and takes what is not said as default', async () => {
    const { ask } = node(answer);
    expect(await readSession('', ask)).toMatchObject({
      person: { name: '示例', grants: [{ role: 'owner', scope: { type: 'organisation', uscc: '12990000000000001A' } }] },
      node: { demo: false },
      mode: 'default',
      contrast: 'default',
    });
  });

  it('takes display settings along and nothing else of the address', async () => {
    const { ask, asked } = node({ ...answer, mode: 'elder' });
    expect((await readSession('?mode=elder&tab=waiting&q=1', ask))?.mode).toBe('elder');
    expect(asked).toEqual(['/auth/session?mode=elder']);
  });

  it('of nobody is null, and an answer of another shape is an error', async () => {
    expect(await readSession('', node({ ...answer, person: null }).ask)).toBeNull();
    await expect(readSession('', node({ csrf: 'c' }).ask)).rejects.toThrow('person');
  });
});
