import type { ServiceContext } from '../kernel/context.ts';
import type { AdvanceRecordInput, RecordView } from './schemas.ts';

export declare function advanceRecord(ctx: ServiceContext, raw: AdvanceRecordInput): Promise<RecordView>;
