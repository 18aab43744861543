import { DOMAINS, NODES, TARGETS, TERMS } from '@xiangjing/scenario-sdk';
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { FILES, read } from './repository.ts';

const PLAN = 'libs/scenario-sdk/src/plan/hunan-action-plan-2026.json';
/** The action plan as it was taken over, with its source named in it. A term's code is its place in it, so it never changes unnoticed. */
const PLAN_SHA_256 = 'f1c38b808f58b229b9def3b93bbed9924bc2465e14d78fa7e81e52c08e7edf3a';

it('the copy of the action plan is the one taken over', () => {
  expect(
    createHash('sha256')
      .update(JSON.stringify(JSON.parse(read(PLAN))))
      .digest('hex'),
  ).toBe(PLAN_SHA_256);
});

it('has 14 domains, 118 scenario types, 6 targets and 15 nodes', () => {
  expect([DOMAINS.length, TERMS.length, TARGETS.length, NODES.length]).toEqual([14, 118, 6, 15]);
});

it('a Chinese name beside a domain’s code is the plan’s', () => {
  const names = new Map<string, string>(DOMAINS.map((d) => [d.code, d.nameZh]));
  const pair = new RegExp(`['"\`]?(${[...names.keys()].join('|')})['"\`]?\\s*:\\s*['"\`]([\\u4e00-\\u9fff]+)['"\`]`, 'g');
  const texts = FILES.filter((f) => /\.(ts|tsx|json)$/.test(f) && f !== PLAN);
  const wrong = texts.flatMap((f) =>
    [...read(f).matchAll(pair)].filter(([, code = '', zh]) => names.get(code) !== zh).map(([, code, zh]) => `${f}: ${code} ${zh}`),
  );
  expect(wrong).toEqual([]);
});

it('every plug-in’s folder is a domain’s code', () => {
  const folders = new Set(FILES.filter((f) => /^plugins\/[^/]+\/package\.json$/.test(f)).map((f) => f.split('/')[1]));
  expect(folders.size).toBeGreaterThan(0);
  expect([...folders].filter((f) => !DOMAINS.some((d) => d.code === f))).toEqual([]);
});
