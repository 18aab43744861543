import type { ServiceContext } from '../kernel/context.ts';
import type { CreateRecordInput, RecordView } from './schemas.ts';

export declare function createRecord(ctx: ServiceContext, raw: CreateRecordInput): Promise<RecordView>;
