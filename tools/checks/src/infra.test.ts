import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { read, ROOT } from './repository.ts';

const PROGRAM = join(ROOT, 'apps/node/bin/xiangjing.mjs');
const SECRETS = /^(XIANGJING_\w+)=(.*)$/gm;

/** What the example of the secrets sets, with passwords a person would have chosen, or as it stands. */
function secrets(chosen: boolean): NodeJS.ProcessEnv {
  const lines = [...read('infra/node/secrets.env.example').matchAll(SECRETS)];
  const value = (text: string, i: number) =>
    chosen ? text.replace(/口令\d/, `chosen-password-${i}`).replace(/^认证.*$/, 'a-secret-of-this-client') : text;
  return Object.fromEntries(lines.map(([, name = '', text = ''], i) => [name, value(text, i)]));
}
function check(env: NodeJS.ProcessEnv) {
  const run = spawnSync(process.execPath, [PROGRAM, 'config', 'check', '--config', join(ROOT, 'infra/node/node.yaml')], {
    encoding: 'utf8',
    timeout: 30_000,
    env: { PATH: process.env['PATH'], ...env },
  });
  return { code: run.status, said: run.stdout + run.stderr };
}

describe('the annotated configuration of a node', () => {
  it('passes the node’s own check once passwords are chosen', () => {
    expect(check(secrets(true))).toMatchObject({ code: 0 });
  });
  it('is refused with the example’s passwords, each one named', () => {
    const { code, said } = check(secrets(false));
    expect(code).toBe(2);
    for (const login of ['OWNER', 'APP', 'EGRESS', 'PUBLISHER', 'APPLY']) expect(said).toContain(`XIANGJING_DATABASE_${login}_URL`);
  });
  it('is refused with a mistyped variable, and names the near one', () => {
    const { code, said } = check({ ...secrets(true), XIANGJING_LOG_LEVLE: 'info' });
    expect(code).toBe(2);
    expect(said).toContain('XIANGJING_LOG_LEVEL');
  });
});

it('the example of the secrets is read alike by systemd and by the shell of the wrapper, its commented lines too', () => {
  const all = read('infra/node/secrets.env.example').replace(/^# (XIANGJING_)/gm, '$1');
  const names = [...all.matchAll(SECRETS)].map(([, name = '']) => name);
  expect(names).toContain('XIANGJING_IDENTITY_SERVICES');
  const file = join(mkdtempSync(join(tmpdir(), 'xiangjing-secrets-')), 'secrets.env');
  writeFileSync(file, all);
  const run = spawnSync('sh', ['-ec', `set -a; . ${file}; printf %s "$XIANGJING_IDENTITY_SERVICES"`], {
    encoding: 'utf8',
    timeout: 20_000,
  });
  expect(run.stderr).toBe('');
  expect(Object.keys(JSON.parse(run.stdout) as object)).toEqual(['430000']);
});

describe('the wrapper of the verbs', () => {
  /** Two nodes on a machine, each with its secrets beside its configuration; the program tells what it was given. */
  function machine() {
    const folder = mkdtempSync(join(tmpdir(), 'xiangjing-wrapper-'));
    mkdirSync(join(folder, 'opt/node_modules/.bin'), { recursive: true });
    const program = join(folder, 'opt/node_modules/.bin/node');
    writeFileSync(program, '#!/bin/sh\nprintf "%s|" "$XIANGJING_CONFIG" "$XIANGJING_LOG_LEVEL"; shift; printf "%s" "$*"\n', {
      mode: 0o755,
    });
    for (const name of ['one', 'two']) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'secrets.env'), `XIANGJING_LOG_LEVEL=of-${name}\n`);
    }
    const wrapper = join(folder, 'xiangjing');
    const text = read('infra/node/xiangjing').replaceAll('/opt/xiangjing', join(folder, 'opt'));
    writeFileSync(wrapper, text.replace('/etc/xiangjing/node.yaml}', `${folder}/one/node.yaml}`), { mode: 0o755 });
    const run = (args: string[], env: NodeJS.ProcessEnv = {}): string => {
      const done = spawnSync(wrapper, args, { encoding: 'utf8', timeout: 20_000, env: { PATH: process.env['PATH'], ...env } });
      return done.stdout.replaceAll(folder, '') + done.stderr;
    };
    return { folder, run };
  }

  it('takes the configuration that the command, else the environment names, and the secrets beside it', () => {
    const { folder, run } = machine();
    expect(run(['status'])).toBe('/one/node.yaml|of-one|status');
    expect(run(['status', '--config', `${folder}/two/node.yaml`])).toBe('/two/node.yaml|of-two|status --config /two/node.yaml');
    expect(run([`--config=${folder}/two/node.yaml`])).toContain('of-two');
    expect(run(['status'], { XIANGJING_CONFIG: `${folder}/two/node.yaml` })).toBe('/two/node.yaml|of-two|status');
    expect(run(['db', 'roles'], { XIANGJING_CONFIG: '/nowhere/node.yaml' })).toBe('/nowhere/node.yaml||db roles');
  });

  it.each([
    ['a file that others may write', 'two', 0o666],
    ['no file beside no configuration', '', 0o600],
  ])('runs nothing of %s', (_, name, mode) => {
    const { folder, run } = machine();
    writeFileSync(join(folder, 'two/secrets.env'), `touch ${folder}/run\n`);
    chmodSync(join(folder, 'two/secrets.env'), mode);
    const answer = run(['status', `--config=${name && `${folder}/two/node.yaml`}`]);
    expect(answer).toMatch(name ? /属主应是 root 或 \S+，其他人不能写/ : /^--config 后面要写配置文件/);
    expect(existsSync(join(folder, 'run'))).toBe(false);
  });

  it('keeps what was compiled where only this user may write', () => {
    const { folder, run } = machine();
    mkdirSync(join(folder, 'cache'));
    const wrapper = join(folder, 'xiangjing');
    const named = readFileSync(wrapper, 'utf8').replace('cache=/var/cache/$(id -un)', `cache=${folder}/cache`);
    writeFileSync(wrapper, named.replace('exec ', 'printf "%s|" "$NODE_COMPILE_CACHE"; exec '));
    expect(run(['status'])).toBe('/cache|/one/node.yaml|of-one|status');
    rmSync(join(folder, 'cache'), { recursive: true });
    expect(run(['status'])).toBe('|/one/node.yaml|of-one|status');
  });

  it('is what a verb without --config listens to', () => {
    const env = { PATH: process.env['PATH'], ...secrets(true), XIANGJING_CONFIG: join(ROOT, 'infra/node/node.yaml') };
    const run = spawnSync(process.execPath, [PROGRAM, 'config', 'check'], { encoding: 'utf8', timeout: 30_000, env });
    expect([run.status, run.stderr]).toEqual([0, '']);
  });
});

describe('the systemd unit', () => {
  const unit = read('infra/node/xiangjing.service');
  const of = (key: string) => unit.match(new RegExp(`^${key}=(.*)$`, 'm'))?.[1];
  it('runs as its own user, drains within 30 s and restarts with growing pauses', () => {
    expect(of('User')).toBe('xiangjing');
    expect(Number(of('TimeoutStopSec'))).toBeLessThanOrEqual(30);
    expect(of('KillSignal')).toBe('SIGTERM');
    expect(of('Restart')).toBe('on-failure');
    expect(Number(of('RestartMaxDelaySec'))).toBeGreaterThan(Number(of('RestartSec')));
    expect(of('RestartPreventExitStatus')).toBe('2 3');
  });
  it('names files that the page for city IT installs', () => {
    const page = read('infra/node/README.md');
    for (const path of [of('EnvironmentFile'), '/etc/xiangjing/node.yaml', of('WorkingDirectory')]) expect(page).toContain(path);
  });
  it('has its folder of data to itself: the embedded server of demo and tests keeps out', () => {
    expect(read('libs/db/src/embedded/reach.ts')).not.toContain(`'/var/lib/${of('StateDirectory')}'`);
    expect(read('infra/node/node.yaml')).toContain(`dataDir: /var/lib/${of('StateDirectory')} `);
  });
  it('is made into the unit of a second node by the line in its page: user, configuration and folders are that node’s, the code is shared', () => {
    const [, line = ''] = /^(sed .*) \| sudo tee/m.exec(read('infra/node/several-nodes.md')) ?? [];
    const run = spawnSync('sh', ['-ec', `N=430200; ${line}`], { encoding: 'utf8', timeout: 20_000, cwd: ROOT });
    expect(run.stderr).toBe('');
    const changed = run.stdout.split('\n').filter((l, i) => l !== unit.split('\n')[i]);
    expect(changed.map((l) => l.replace(/^(\w+)=.*? ?(\S*430200\S*)$/, '$1 $2').trim())).toEqual([
      'User xiangjing-430200',
      'Group xiangjing-430200',
      'EnvironmentFile /etc/xiangjing-430200/secrets.env',
      'Environment NODE_COMPILE_CACHE=/var/cache/xiangjing-430200',
      'ExecStart /etc/xiangjing-430200/node.yaml',
      'StateDirectory xiangjing-430200',
      'CacheDirectory xiangjing-430200',
    ]);
  });
});

describe('the sample for Prometheus', () => {
  const rules = read('infra/node/prometheus-rules.yaml');
  it('names its rules, which ask for gauges that a node has', () => {
    expect(read('infra/node/prometheus.yaml')).toMatch(/^rule_files:\n {2}- prometheus-rules\.yaml/m);
    const gauges = [...read('apps/node/src/feed-gauges.ts').matchAll(/'(xiangjing_\w+)'/g)].map(([, name]) => name);
    const asked = [...rules.matchAll(/^ +expr: (.+)$/gm)].map(([, expression = '']) => expression.match(/xiangjing_\w+/g) ?? []);
    expect(asked).toHaveLength(2);
    for (const names of asked) expect(names.length > 0 && names.every((name) => gauges.includes(name))).toBe(true);
  });
  it('warns of a feed that nobody has heard of for ten minutes, and of one that falls behind', () => {
    expect(rules).toContain('expr: xiangjing_feed_age_seconds > 600');
    expect(rules).toMatch(/expr: .*deriv\(xiangjing_feed_lag_events\[/);
  });
});

it('the page for city IT fits on two screens', () => {
  expect(read('infra/node/README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(90);
});
