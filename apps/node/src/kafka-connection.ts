import type { KafkaConnection } from '@xiangjing/federation';
import { DomainError } from '@xiangjing/scenario-sdk';
import { readFileSync } from 'node:fs';
import type { NodeConfig } from './config.ts';

type KafkaSettings = NonNullable<NodeConfig['federation']['kafka']>;

/** How this node reaches the brokers, with the certificates its configuration names; undefined where it names no brokers. */
export function kafkaConnection(config: NodeConfig): KafkaConnection | undefined {
  const { kafka } = config.federation;
  return kafka && connectionAs(kafka, kafka.username === undefined ? undefined : { username: kafka.username, password: kafka.password! });
}

/** The same brokers for who may make topics and rights: the province's verb. */
export function kafkaAdminConnection(config: NodeConfig): KafkaConnection {
  const { kafka } = config.federation;
  if (!kafka)
    throw new DomainError('CONFIG_INVALID', '配置里没有 federation.kafka', {
      remedy: '写明 brokers 和 admin 后再运行；样例见 infra/node/node.yaml',
    });
  const isCertificateLogin = typeof kafka.tls === 'object' && kafka.tls.certFile !== undefined;
  if (!kafka.admin && kafka.username !== undefined && !isCertificateLogin)
    throw new DomainError('CONFIG_INVALID', '缺 federation.kafka.admin：代理要登录，节点自己的用户不能建主题和权限', {
      remedy: '写明代理管理员的 username 和 password 后再运行；样例见 infra/node/node.yaml',
    });
  return connectionAs(kafka, kafka.admin);
}

function connectionAs({ brokers, tls }: KafkaSettings, sasl: KafkaConnection['sasl']): KafkaConnection {
  return { brokers, ...(sasl ? { sasl } : {}), ...(tls === false ? {} : { tls: tls === true ? true : certificates(tls) }) };
}

function certificates(tls: Exclude<KafkaSettings['tls'], boolean>) {
  return {
    ...(tls.caFile ? { ca: readPem('caFile', tls.caFile) } : {}),
    ...(tls.certFile ? { cert: readPem('certFile', tls.certFile) } : {}),
    ...(tls.keyFile ? { key: readPem('keyFile', tls.keyFile) } : {}),
  };
}

function readPem(name: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new DomainError('CONFIG_INVALID', `federation.kafka.tls.${name}：读不到 ${file}`, {
      remedy: '核对路径，以及运行节点的用户能否读它',
      cause,
    });
  }
}
