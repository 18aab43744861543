import type { ServiceContext } from '../kernel/context.ts';
import type { RecordRef, RecordView } from './schemas.ts';

export declare function getRecord(ctx: ServiceContext, raw: RecordRef): Promise<RecordView>;
