import type { ServiceContext } from '../kernel/context.ts';
import type { RecordView, WithdrawRecordInput } from './schemas.ts';

export declare function withdrawRecord(ctx: ServiceContext, raw: WithdrawRecordInput): Promise<RecordView>;
