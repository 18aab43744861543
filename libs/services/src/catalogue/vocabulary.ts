import type { ServiceContext } from '../kernel/context.ts';
import type { VocabularyView } from './schemas.ts';

export declare function vocabulary(ctx: ServiceContext): Promise<VocabularyView>;
