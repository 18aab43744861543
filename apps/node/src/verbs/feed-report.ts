import { findNode, PROVINCE } from '@xiangjing/scenario-sdk';
import type { FederationStatus } from '@xiangjing/services';
import { ageText, clockText, spanText } from './moment-text.ts';
import { textTable } from './text-table.ts';

type Feed = FederationStatus['feeds'][number];
type Node = FederationStatus['nodes'][number];

const DIRECTION = { out: '发出', in: '收到', relay: '转交' } as const;
const ROAD = { kafka: 'Kafka', https: 'HTTPS' } as const;
const HEAD = ['通道', '方向', '最近走', '位置', '滞后', '最近联系', '状态'];

export const nodeName = (adcode: string): string => `${findNode(adcode)?.nameZh ?? ''} ${adcode}`.trim();

/** The states of a node as the page calls them: late after a minute, silent after an hour. */
export const NODE_STATE = { self: '本节点', current: '同步正常', late: '迟到', silent: '失联', unjoined: '尚未接入' } as const;

/** Each feed with its road, age and lag; below it why it stands still or waits, the last refusal, and what to do. */
export function feedReport({ feeds, nodes, asOf }: Pick<FederationStatus, 'feeds' | 'nodes' | 'asOf'>): string[] {
  if (feeds.length === 0) return ['还没有任何通道：入网以后才有（xiangjing federation join）'];
  return textTable(
    HEAD,
    feeds.map((feed) => ({
      cells: [
        `${nodeName(feed.origin)} ${feed.view}`,
        DIRECTION[feed.direction],
        feed.road ? ROAD[feed.road] : '–',
        `${feed.seq}/${feed.headSeq}`,
        String(feed.lag),
        feed.direction === 'out' && feed.heardAt === null ? '–' : ageText(feed.heardAt, asOf), // what nobody acknowledges is fetched
        stateOf(feed, nodes, asOf),
      ],
      notes: notesOf(feed),
    })),
  );
}

function stateOf(feed: Feed, nodes: readonly Node[], asOf: string): string {
  if (!feed.isRead) return '未启用：还没有节点接收';
  const faults = [awayText(feed, nodes, asOf), placeText(feed, asOf)].filter(Boolean).join('，');
  return faults || (feed.headSeq === 0 ? '尚无事件' : '正常');
}

/** No lag says nothing of a node that tells nothing any more: what it has since written nobody knows. */
function awayText(feed: Feed, nodes: readonly Node[], asOf: string): string {
  const node = nodes.find(({ adcode }) => adcode === otherEnd(feed));
  if (node?.state !== 'late' && node?.state !== 'silent') return '';
  return `${NODE_STATE[node.state]}${node.heardAt ? ` ${spanText(node.heardAt, asOf)}` : ''}`;
}

/** Who is heard of by this feed: its origin, or who acknowledges it. */
function otherEnd({ direction, origin, heardAt }: Feed): string | undefined {
  if (direction !== 'out') return origin;
  return heardAt === null ? undefined : PROVINCE;
}

function placeText({ halted, degraded, lag }: Feed, asOf: string): string {
  if (halted) return `已停 ${halted.code}`;
  if (degraded) return `缺件，${ageText(degraded.at, asOf)}起等待`;
  return lag > 0 ? '补收中' : '';
}

function notesOf({ halted, degraded, lastError, lastRefusal, log, roads }: Feed): string[] {
  const failed = (what: string, { text, ...error }: NonNullable<Feed['lastError']>) => dated(what, { ...error, message: text });
  return [
    ...(roads.kafka > 0 && roads.https > 0 ? [`收到的 ${roads.kafka} 条走 Kafka，${roads.https} 条走 HTTPS`] : []),
    ...[halted, degraded].flatMap((stand) => (stand?.reason ? [`原因：${stand.reason}`, ...behind(stand)] : [])),
    ...(log && (log.lag > 0 || log.lastError) ? [`Kafka 已确认 ${log.seq}/${log.headSeq}`] : []),
    ...(log?.lastError ? failed('Kafka 出错', log.lastError) : []),
    ...(lastError ? failed('推送出错', lastError) : []),
    ...(lastRefusal ? dated('最近拒收', lastRefusal) : []),
  ];
}

interface Told {
  remedy: string;
  detail: string;
}

/** What to do, and what was said in English, below what happened. */
export const behind = ({ remedy, detail }: Told): string[] => [
  ...(remedy ? [`→ ${remedy}`] : []),
  ...(detail ? [`  原文：${detail}`] : []),
];

const dated = (what: string, { at, code, message, ...told }: Told & { at: string; code: string; message: string }): string[] => [
  `${what} ${clockText(at)} ${code} ${message}`,
  ...behind(told),
];

const KAFKA = { off: '没有配置，全走 HTTPS', ok: '正常', failing: '收发不正常，内容改走 HTTPS' } as const;

/** What is of no single feed: the brokers, comparisons that differed, refusals without a feed. */
export function federationReport(status: FederationStatus): string[] {
  const { kafka, asOf, comparisons, refusals } = status;
  const equal = comparisons.filter((comparison) => comparison.equal).length;
  const elsewhere = refusals.filter(({ origin, view }) => origin === null || view === null).slice(0, 3);
  return [
    ...feedReport(status),
    '',
    `Kafka：${KAFKA[kafka.state]}${kafka.ackedAt ? `，最近确认 ${ageText(kafka.ackedAt, asOf)}` : ''}`,
    ...(kafka.reason ? dated('原因', { ...kafka.reason, message: kafka.reason.text }).map((line) => `  ${line}`) : []),
    ...(comparisons.length > 0 ? [`比对：${comparisons.length} 条通道，${equal} 条一致`] : []),
    ...comparisons
      .filter((comparison) => !comparison.equal)
      .map(
        ({ origin, view, at, repaired, unknown }) =>
          `  不一致 ${nodeName(origin)} ${view} ${clockText(at)}：修复 ${repaired} 项，对方没有发过的 ${unknown} 项`,
      ),
    ...elsewhere.flatMap(({ at, peer, code, message, ...told }) => [
      `拒收 ${clockText(at)} ${peer ? nodeName(peer) : '未登记的来源'} ${code} ${message}`,
      ...behind(told),
    ]),
  ];
}
