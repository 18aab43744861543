import { createPool } from '@xiangjing/db';
import { createProvinceClient, loadNodeKey, openRegistry, traceJourney } from '@xiangjing/federation';
import { DomainError, PROVINCE, readRecordId } from '@xiangjing/scenario-sdk';
import { toldJourney, type RecordJourney } from '@xiangjing/services';
import { readNodeConfig } from '../read-config.ts';
import { behind, nodeName } from './feed-report.ts';
import { preciseText } from './moment-text.ts';
import { textTable } from './text-table.ts';

type Step = RecordJourney['steps'][number];

/** The way of one record from its home's commit to the province's row, asked of the database and, in this node's name, of the province. */
export async function printTrace(recordId: string, o: { config: string; json?: boolean }): Promise<void> {
  if (!readRecordId(recordId))
    throw new DomainError('INPUT_INVALID', `“${recordId}”不是记录编号`, {
      remedy: '编号形如 urn:xiangjing:430100:opportunity:<uuid>，在记录页的地址里',
    });
  const config = readNodeConfig(o.config);
  const { adcode } = config.node;
  const clock = { now: () => new Date() };
  const pool = createPool(config.database.appUrl, { max: 2, applicationName: 'xiangjing-verb' });
  try {
    const registry = await openRegistry({ pool, dataDir: config.dataDir });
    const client =
      adcode === PROVINCE ? null : createProvinceClient({ signer: await loadNodeKey(config.dataDir, adcode), registry, clock });
    const journey = await traceJourney({ pool, adcode, recordId, client });
    if (journey.steps.length === 0)
      throw new DomainError('NOT_FOUND', `${nodeName(adcode)} 没有这条记录的任何一步`, {
        remedy: '核对编号；别的节点的记录，到归属节点查',
      });
    const told = toldJourney(journey);
    console.log(o.json ? JSON.stringify(told) : journeyReport(told).join('\n'));
  } finally {
    await pool.end();
  }
}

const STEP: Record<Step['step'], string> = {
  committed: '提交入库',
  blocked: '发出前拦下',
  signed: '筛选并签名',
  sent: '送达确认',
  received: '对方收到',
  relayed: '省级转交',
  applied: '写入清单',
  repaired: '比对修复',
};
const ROAD = { kafka: 'Kafka', https: 'HTTPS' } as const;
const HEAD = ['版次', '步骤', '视图', '节点', '时间', '提交后', '路', '结果'];

/** A line a step; its place in Kafka and the number of the event below it. */
export function journeyReport({ recordId, steps, province, fault }: RecordJourney): string[] {
  const rows = steps.map((step) => ({
    cells: [
      String(step.rev),
      nameOf(step),
      step.view ?? '',
      nodeName(step.node),
      step.at ? preciseText(step.at) : '没有记下',
      step.elapsedMs === null ? '' : `${step.isLatest ? '最迟 ' : ''}${step.elapsedMs} 毫秒`,
      step.road && !isReceipt(step) ? ROAD[step.road] : '',
      step.outcome,
    ],
    notes: [
      ...(step.step === 'signed' && step.eventId ? [`事件 ${step.eventId}`] : []),
      ...(step.log
        ? [`${step.log.topic}${step.log.offset === null ? '' : ` 偏移 ${step.log.offset}`}，主题这一代 ${step.log.incarnation}`]
        : []),
    ],
  }));
  return [
    recordId,
    ...textTable(HEAD, rows),
    ...(steps.some(({ isLatest }) => isLatest) ? [LATEST] : []),
    ...provinceHalf(province, fault),
  ];
}

const LATEST = '最迟：只知道不晚于这个时间。省级回执和 Kafka 的确认一次覆盖许多条；准确的到达时间看“对方收到”';

/** An acknowledgement by HTTPS is the province's receipt for what it holds, whichever road brought it. */
const isReceipt = ({ step, road }: Step): boolean => step === 'sent' && road === 'https';

function nameOf(step: Step): string {
  if (step.step !== 'sent' || step.road === null) return STEP[step.step];
  return isReceipt(step) ? '省级回执' : 'Kafka 收妥';
}

function provinceHalf(province: RecordJourney['province'], fault: RecordJourney['fault']): string[] {
  if (province === 'unreachable' && fault) return [`没有问到省节点那一半：${fault.code} ${fault.message}`, ...behind(fault)];
  return province === 'has-nothing' ? ['省节点还没有收到它：看 xiangjing federation status 里 up 这一条'] : [];
}
