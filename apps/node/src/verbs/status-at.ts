import { createKeycloakServices } from '@xiangjing/platform';
import { DomainError } from '@xiangjing/scenario-sdk';
import { FederationStatus } from '@xiangjing/services';
import type { NodeConfig } from '../config.ts';
import { readNodeConfig } from '../read-config.ts';
import { readAnswer } from './ask-node.ts';
import { feedReport, NODE_STATE, nodeName } from './feed-report.ts';
import { ageText } from './moment-text.ts';

const TIMEOUT_MS = 10_000;

/** How another node sees the feeds of this one, asked with this node's service account there. */
export async function printStatusAt(o: { config: string; at: string; json?: boolean }): Promise<void> {
  const config = readNodeConfig(o.config);
  const { adcode } = config.node;
  const status = await askPeer(config, o.at);
  const seen = { ...status, feeds: status.feeds.filter((feed) => feed.origin === adcode) };
  const row = status.nodes.find((node) => node.adcode === adcode);
  if (o.json) {
    const { node, asOf, feeds, refusals, comparisons, repairs } = seen;
    console.log(JSON.stringify({ at: node, asOf, self: row ?? null, feeds, refusals, comparisons, repairs }));
    return;
  }
  const about = row
    ? `${NODE_STATE[row.state]}，最近联系 ${ageText(row.heardAt, status.asOf)}，近 3 天拒收 ${row.refused}，隔离 ${row.quarantined}`
    : '不认识';
  console.log(`${nodeName(o.at)}（版本 ${status.node.release}）看 ${nodeName(adcode)}：${about}`);
  for (const line of seen.feeds.length > 0 ? feedReport(seen) : ['它没有收到本节点的任何通道']) console.log(line);
}

async function askPeer(config: NodeConfig, at: string): Promise<FederationStatus> {
  const service = config.identity.services[at];
  if (!service)
    throw new DomainError('CONFIG_INVALID', `没有在节点 ${at} 的服务账号`, {
      remedy: `请对方在它的身份服务里给本节点建服务账号，再写进 identity.services 的 "${at}" 一项；用 xiangjing identity check 核对`,
    });
  const { url, issuer, clientId, clientSecret } = service;
  const token = await createKeycloakServices({ issuer, clientId, clientSecret }).token();
  const answer = await fetch(`${url}/api/v1/federation/status`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    redirect: 'error',
  }).catch((cause: unknown) => {
    throw new DomainError('UPSTREAM_UNAVAILABLE', `节点 ${at} 在 ${url} 没有应答`, { remedy: '核对地址、路由和对方是否在运行', cause });
  });
  return readAnswer(answer, FederationStatus, { who: `节点 ${at}`, remedy: '核对 identity.services 里的地址，以及两边的版本是否一致' });
}
