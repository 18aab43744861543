import { expect, test } from 'vitest';
import { rolesSql } from './roles.ts';

test('a DBA gets every statement, without a password in clear', () => {
  const sql = rolesSql({ adcode: '430100', database: 'xiangjing', passwords: { app: "se'cret" } });
  for (const group of ['app', 'egress', 'publisher', 'apply']) {
    expect(sql).toContain(`create role "xiangjing_${group}" nologin`);
    expect(sql).toContain(`create role "xiangjing_430100_${group}" login`);
    expect(sql).toContain(`grant xiangjing_${group} to "xiangjing_430100_${group}"`);
  }
  expect(sql).toContain(`create database "xiangjing" owner "xiangjing_430100_owner"`);
  expect(sql).toContain('revoke all on database "xiangjing" from public');
  expect(sql).toMatch(/alter role "xiangjing_430100_app" password 'SCRAM-SHA-256\$/);
  expect(sql).not.toContain('cret');
  expect(sql.match(/\\password \S+/g)).toEqual(
    ['owner', 'egress', 'publisher', 'apply'].map((login) => `\\password xiangjing_430100_${login}`),
  );
});

test('what is said beside the statements is for the DBA to read: Chinese', () => {
  const said = rolesSql({ adcode: '430100', database: 'xiangjing' })
    .split('\n')
    .filter((line) => line.startsWith('--'));
  expect(said).toHaveLength(8);
  expect(said.filter((line) => !/\p{Script=Han}/u.test(line))).toEqual([]);
});

test('names are quoted', () => {
  expect(rolesSql({ adcode: '430100', database: 'a"b; drop table x' })).toContain('create database "a""b; drop table x"');
});
