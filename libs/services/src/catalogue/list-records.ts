import type { ServiceContext } from '../kernel/context.ts';
import type { ListRecordsInput, RecordList } from './schemas.ts';

export declare function listRecords(ctx: ServiceContext, raw: ListRecordsInput): Promise<RecordList>;
