import type { ServiceContext } from '../kernel/context.ts';
import type { EditRecordInput, RecordView } from './schemas.ts';

export declare function editRecord(ctx: ServiceContext, raw: EditRecordInput): Promise<RecordView>;
