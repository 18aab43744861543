import type { ServiceContext } from '../kernel/context.ts';
import type { FederationStatus } from './schemas.ts';

export declare function federationStatus(ctx: ServiceContext): Promise<FederationStatus>;
