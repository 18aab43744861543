import { createPool } from '@xiangjing/db';
import { comparedFeeds, requestComparison, type ComparedFeed } from '@xiangjing/federation';
import { PROVINCE } from '@xiangjing/scenario-sdk';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { readNodeConfig } from '../read-config.ts';
import { nodeName } from './feed-report.ts';
import { clockText } from './moment-text.ts';
import { textTable } from './text-table.ts';

const LOOK_MS = 500;
/** What a comparison found is written before its repairs are; so long it is watched whether more come. */
const REPAIRS_MS = 3_000;

interface Waited {
  feed: ComparedFeed;
  isDone: boolean;
}

/** Asks the running node to compare every feed it reads, waits, and tells what was found. Exit 0: all compared and equal. */
export async function compareNow(o: { config: string; timeout: number; json?: boolean }): Promise<void> {
  const config = readNodeConfig(o.config);
  const pool = createPool(config.database.appUrl, { max: 1, applicationName: 'xiangjing-verb' });
  try {
    console.error(waitText(config.node.adcode, o.timeout)); // beside the answer, so that --json stays JSON
    const found = await waitForComparisons(pool, o.timeout * 1000);
    if (o.json) console.log(JSON.stringify(found.map(({ feed, isDone }) => ({ ...feed, isDone }))));
    else console.log(comparisonReport(found).join('\n'));
    process.exitCode = found.every(({ feed, isDone }) => isDone && feed.last?.equal) ? 0 : 1;
  } finally {
    await pool.end();
  }
}

/** Said at once: with the other side down nothing else is for the whole time. */
const waitText = (adcode: string, seconds: number): string =>
  `等${adcode === PROVINCE ? '各市州下一次推送' : '省节点'}，最多 ${seconds} 秒…`;

/** A feed is done when its newest comparison is another than before: no two clocks are compared. */
async function waitForComparisons(pool: Pool, timeoutMs: number): Promise<Waited[]> {
  const before = new Map((await comparedFeeds(pool)).map(({ origin, view, last }) => [`${origin} ${view}`, last?.at.getTime()]));
  await requestComparison(pool);
  const started = performance.now();
  let quietSince = started;
  let seen = '';
  for (;;) {
    const feeds = await comparedFeeds(pool);
    const found = feeds.map((feed) => ({
      feed,
      isDone: feed.last !== null && feed.last.at.getTime() !== before.get(`${feed.origin} ${feed.view}`),
    }));
    const now = performance.now();
    if (seen !== (seen = JSON.stringify(feeds))) quietSince = now;
    const isSettled = found.every(({ feed, isDone }) => isDone && (feed.last?.equal || now - quietSince > REPAIRS_MS));
    if (isSettled || now - started > timeoutMs) return found;
    await sleep(LOOK_MS);
  }
}

export function comparisonReport(found: readonly Waited[]): string[] {
  if (found.length === 0) return ['本节点还没有收到任何通道，没有可比对的'];
  const rows = found.map(({ feed: { origin, view, lag, last }, isDone }) => {
    const result = isDone ? (last!.equal ? '一致' : '不一致') : lag > 0 ? `没有比对：还差 ${lag} 条` : '没有比对';
    const { repaired, unknown } = isDone && last ? last : { repaired: 0, unknown: 0 };
    return {
      cells: [`${nodeName(origin)} ${view}`, last ? clockText(last.at.toISOString()) : '从未', result, String(repaired), String(unknown)],
    };
  });
  const isMissing = found.some(({ isDone }) => !isDone);
  const isUnequal = found.some(({ feed, isDone }) => isDone && !feed.last!.equal);
  return [
    ...textTable(['通道', '最近比对', '结果', '已修复', '对方没有发过'], rows),
    ...(isMissing ? ['→ 没有比对的：看节点和省节点是否在运行；补齐之后会自动比对'] : []),
    ...(isUnequal ? ['→ 不一致的：修复了什么在页面 /federation 的“内容比对”；再运行一次应当一致，否则请与对方运维员核对'] : []),
  ];
}
