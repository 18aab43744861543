import type { ServiceContext } from '../kernel/context.ts';
import type { ClassifyRecordInput, RecordView } from './schemas.ts';

export declare function classifyRecord(ctx: ServiceContext, raw: ClassifyRecordInput): Promise<RecordView>;
