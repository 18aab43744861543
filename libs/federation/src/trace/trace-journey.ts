import type { Queryable } from '@xiangjing/db';
import { DomainError, readRecordId, type ErrorCode } from '@xiangjing/scenario-sdk';
import { refusalOf, type ProvinceClient } from '../https/province-client.ts';
import { isProvince } from '../views.ts';
import { PREFIX } from '../wire.ts';
import { mergeTrace } from './merge-trace.ts';
import { traceRecord } from './trace-record.ts';
import { TraceAnswer, type TraceStep } from './wire-trace.ts';

export interface Journey {
  recordId: string;
  steps: TraceStep[];
  /** What the province said of its half; it is asked by the record's home city only. */
  province: 'answered' | 'has-nothing' | 'unreachable' | 'not-asked';
  /** Why its half is missing, where it could not be had. */
  fault: { code: ErrorCode; message: string; remedy: string } | null;
}
export interface TraceJourneyOptions {
  /** The app login. */
  pool: Queryable;
  adcode: string;
  recordId: string;
  /** Null where this process cannot sign: then only this node's half is told. */
  client: ProvinceClient | null;
}

const TIMEOUT_MS = 10_000;

/** The way of one record from its home's commit to the rows of those who have it, as far as this node and the province saw it. */
export async function traceJourney({ pool, adcode, recordId, client }: TraceJourneyOptions): Promise<Journey> {
  const own = await traceRecord(pool, adcode, recordId);
  const isOurs = readRecordId(recordId)?.adcode === adcode;
  if (!client || !isOurs || isProvince(adcode)) return { recordId, steps: own, province: 'not-asked', fault: null };
  try {
    const theirs = await askProvince(client, recordId);
    return { recordId, steps: mergeTrace(own, theirs), province: theirs.length > 0 ? 'answered' : 'has-nothing', fault: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { code, message, remedy } = error;
    return { recordId, steps: own, province: 'unreachable', fault: { code, message, remedy } };
  }
}

async function askProvince(client: ProvinceClient, recordId: string): Promise<TraceStep[]> {
  const path = `${PREFIX}/trace?${new URLSearchParams({ record: recordId }).toString()}`;
  const answer = await client.ask({ method: 'GET', path, timeoutMs: TIMEOUT_MS });
  if (answer.status === 404) return []; // not there, or this node is not known there: the answer is one and the same
  if (answer.status !== 200) throw refusalOf(answer);
  const answered = TraceAnswer.safeParse(answer.body);
  if (answered.success) return answered.data.steps.filter((step) => readRecordId(recordId)?.adcode !== step.node);
  throw new DomainError('UPSTREAM_UNAVAILABLE', 'the province answers with something that is no journey', {
    remedy: 'compare the releases of both nodes',
  });
}
