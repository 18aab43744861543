import { RecordId, readRecordId, z } from '@xiangjing/scenario-sdk';
import type pg from 'pg';
import { traceReceived } from '../trace/trace-record.ts';
import { isProvince } from '../views.ts';
import { readInput, type FederationScope } from './federation-scope.ts';

const TraceQuery = z.object({ record: RecordId });

/**
 * GET trace: what became of a record's events here, asked by its home node and told to no other. A record that is not here is
 * answered like one that is not the asker's. No content: ids, times and codes.
 */
export function serveTrace({ app, asker, absent, notYours }: FederationScope, { pool, adcode }: { pool: pg.Pool; adcode: string }): void {
  app.get('/trace', async (request, reply) => {
    const node = await asker(request, reply);
    if (!node) return reply;
    const { record } = readInput(TraceQuery, request.query);
    const home = readRecordId(record)?.adcode;
    if (!isProvince(adcode) || home !== node.adcode || home === adcode) {
      const message = `${node.adcode} asked for the journey of a record that is not its own`;
      await notYours(reply, { peer: node.adcode, origin: null, view: null, code: 'CROSS_NODE', message });
      return reply;
    }
    const steps = await traceReceived(pool, adcode, record);
    if (steps.length > 0) return { steps };
    absent(reply);
    return reply;
  });
}
