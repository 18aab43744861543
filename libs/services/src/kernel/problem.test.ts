import { TRPCError } from '@trpc/server';
import { DomainError, ERRORS, z } from '@xiangjing/scenario-sdk';
import { describe, expect, it } from 'vitest';
import { inputError, issuesOf, parse } from './input.ts';
import { isProblem, problemOf } from './problem.ts';

const at = { traceId: 't', instance: '/api/v1/records/x' };
const Body = z.strictObject({
  title: z.string().min(2),
  rev: z.number(),
  verb: z.enum(['submit', 'recall']),
  label: z.strictObject({ level: z.string() }).optional(),
});

describe('problemOf', () => {
  it('keeps code, remedy and places of a named error', () => {
    const issues = [{ pointer: '/rev', code: 'REV_CONFLICT', message: 'm', remedy: 'r' }] as const;
    const problem = problemOf(new DomainError('REV_CONFLICT', '已改过', { remedy: '重新读', issues, details: { rev: 4 } }), at);
    expect(problem).toEqual({
      type: 'urn:xiangjing:problem:REV_CONFLICT',
      title: ERRORS.REV_CONFLICT.means,
      status: 409,
      detail: '已改过',
      code: 'REV_CONFLICT',
      remedy: '重新读',
      instance: at.instance,
      traceId: 't',
      errors: issues,
      details: { rev: 4 },
    });
    expect(isProblem(problem)).toBe(true);
  });

  it('unwraps what tRPC wrapped', () => {
    expect(problemOf(new TRPCError({ code: 'CONFLICT', cause: new DomainError('ROLE', 'no') }), at).code).toBe('ROLE');
    expect(problemOf(new TRPCError({ code: 'NOT_FOUND', message: 'No procedure found on path "x"' }), at)).toMatchObject({
      code: 'ROUTE_UNKNOWN',
      status: 404,
    });
    expect(problemOf(new TRPCError({ code: 'PARSE_ERROR' }), at)).toMatchObject({ code: 'BODY_MALFORMED', status: 400 });
  });

  it('takes the code of an error of a lib below', () => {
    const error = Object.assign(new Error('expired'), { code: 'TOKEN_INVALID', remedy: 'sign in' });
    expect(problemOf(error, at)).toMatchObject({ code: 'TOKEN_INVALID', status: 401 });
  });

  it('says in Chinese what was thrown in English, which stays behind it', () => {
    expect(problemOf(new DomainError('REGISTRY_INVALID', 'not joined', { remedy: 'join' }), at)).toMatchObject({
      detail: '节点名册不能用：还没有入网，或不是省里签的新版（not joined; join）',
      remedy: '还没入网的先入网；已入网的与省级平台核对根密钥指纹，并看两边版本',
    });
  });

  it('lets no text of an unknown error out', () => {
    const problem = problemOf(new Error('password=secret at 10.0.0.1'), at);
    expect(problem).toMatchObject({ code: 'INTERNAL', status: 500 });
    expect(JSON.stringify(problem)).not.toContain('secret');
    expect(problemOf(Object.assign(new Error('x'), { code: 'P2002' }), at).code).toBe('INTERNAL');
    expect(problemOf('a thrown text', at).code).toBe('INTERNAL');
  });

  it('says the same bytes for everything that is not found', () => {
    const one = problemOf(new DomainError('NOT_FOUND', 'm'), { traceId: 'a', instance: '/records/1' });
    const other = problemOf(new DomainError('NOT_FOUND', 'm'), { traceId: 'b', instance: '/records/2' });
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });
});

describe('parse', () => {
  const faults = (raw: unknown) => problemOf(captured(raw), at);
  const captured = (raw: unknown): unknown => {
    try {
      return parse(Body, raw);
    } catch (error) {
      return error;
    }
  };
  const good = { title: 'ab', rev: 1, verb: 'submit' };

  it('tells of many unknown names a few, those set elsewhere first, and of many faults a hundred', () => {
    const many = Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`tytle${n}`, n]));
    const started = performance.now();
    const problem = faults({ title: 'abc', rev: 1, verb: 'submit', ...many, stage: 'published' });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(problem.errors).toHaveLength(21);
    expect(problem).toMatchObject({
      code: 'MASS_ASSIGNMENT',
      errors: [{ pointer: '/stage' }, { pointer: '/tytle0' }, ...Array(18).fill({}), {}],
    });
    expect(problem.errors.at(-1)).toMatchObject({ pointer: '', code: 'FIELD_UNKNOWN', message: '另有 49981 个不认识的字段' });
    const wrong = problemOf(
      inputError(Array.from({ length: 300 }, (_, n) => ({ pointer: `/${n}`, code: 'INPUT_INVALID', message: 'm', remedy: 'r' }))),
      at,
    );
    expect(wrong.errors).toHaveLength(100);
    expect(wrong.detail).toBe('有 300 处需要修改，先列出 100 处');
  });

  it('names the field, and the nearest one for a mistyped name', () => {
    expect(faults({ ...good, titel: 'x' })).toMatchObject({
      code: 'FIELD_UNKNOWN',
      errors: [{ pointer: '/titel', remedy: '是不是“title”？' }],
    });
    expect(faults({ ...good, colour: 'x' }).errors[0]!.remedy).toContain('可用的字段');
    expect(faults({ rev: 1, verb: 'submit' })).toMatchObject({ code: 'FIELD_MISSING', errors: [{ pointer: '/title' }] });
    expect(faults({ ...good, verb: 'publsh' })).toMatchObject({
      code: 'INPUT_INVALID',
      errors: [{ pointer: '/verb', remedy: expect.stringContaining('submit') as string }],
    });
  });

  it('tells an attempt to set what is set elsewhere', () => {
    for (const key of ['level', 'pi', 'safety', 'share', 'open', 'stage', 'id', 'ownerUscc', 'ownerNode'])
      expect(faults({ ...good, [key]: 'x' }), key).toMatchObject({ code: 'MASS_ASSIGNMENT', errors: [{ pointer: `/${key}` }] });
  });

  it('tells a label given in part', () => {
    expect(faults({ ...good, label: {} }).code).toBe('UNLABELLED');
  });

  it('lists all faults at once', () => {
    const problem = faults({ title: 'a', rev: '1', verb: 'submit', level: 'L1', x: 1 });
    expect(problem.code).toBe('MASS_ASSIGNMENT');
    expect(problem.errors.map((issue) => issue.pointer).sort()).toEqual(['/level', '/rev', '/title', '/x']);
  });

  it('takes no name in a question for an attempt', () => {
    const { error } = Body.safeParse({ ...good, level: 'L1' });
    expect(issuesOf(error!, { isQuery: true })[0]!.code).toBe('FIELD_UNKNOWN');
  });
});
