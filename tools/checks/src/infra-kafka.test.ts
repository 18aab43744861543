import { expect, it } from 'vitest';
import { read } from './repository.ts';

const settings = Object.fromEntries(
  read('infra/kafka/server.properties')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
);
const page = read('infra/kafka/README.md');

it('the brokers keep three copies, acknowledge with two, and make no topics by themselves', () => {
  expect(settings).toMatchObject({
    'default.replication.factor': '3',
    'min.insync.replicas': '2',
    'offsets.topic.replication.factor': '3',
    'unclean.leader.election.enable': 'false',
    'auto.create.topics.enable': 'false',
  });
});

it('every listener speaks TLS, and nobody has rights without a name', () => {
  const listeners = settings['listeners']!.split(',').map((listener) => listener.split('://')[0]);
  const protocols = Object.fromEntries(settings['listener.security.protocol.map']!.split(',').map((pair) => pair.split(':')));
  expect(listeners.map((name) => protocols[name!])).toEqual(['SASL_SSL', 'SSL', 'SSL']);
  for (const name of ['certificate', 'controller']) expect(settings[`listener.name.${name}.ssl.client.auth`]).toBe('required');
  expect(settings['super.users']).not.toContain('ANONYMOUS');
  expect(settings['allow.everyone.if.no.acl.found']).toBe('false');
});

it('a dead broker is fenced before the nodes take to HTTPS, and after several missed heartbeats', () => {
  const session = Number(settings['broker.session.timeout.ms']);
  expect(session).toBeLessThanOrEqual(10_000);
  expect(session / Number(settings['broker.heartbeat.interval.ms'])).toBeGreaterThanOrEqual(3);
});

it('the page fills in exactly the variables that the settings leave open, and fits on two screens', () => {
  const open = new Set(
    read('infra/kafka/server.properties')
      .match(/\$\{KAFKA_\w+\}/g)!
      .map((name) => name.slice(2, -1)),
  );
  const filled = /envsubst '([^']+)'/
    .exec(page)![1]!
    .split(' ')
    .map((name) => name.slice(1));
  expect(new Set(filled)).toEqual(open);
  for (const name of open) expect(page).toMatch(new RegExp(`(export| ).*\\b${name}=`));
  expect(page.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
});
