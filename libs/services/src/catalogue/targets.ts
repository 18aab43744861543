import type { ServiceContext } from '../kernel/context.ts';
import type { TargetFigure } from './schemas.ts';

export declare function targets(ctx: ServiceContext): Promise<TargetFigure[]>;
