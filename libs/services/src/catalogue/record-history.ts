import type { ServiceContext } from '../kernel/context.ts';
import type { RecordHistory, RecordRef } from './schemas.ts';

export declare function recordHistory(ctx: ServiceContext, raw: RecordRef): Promise<RecordHistory>;
