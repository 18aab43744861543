import type { ServiceContext } from '../kernel/context.ts';
import type { CreateOrganisationInput, OrganisationView } from './schemas.ts';

export declare function createOrganisation(ctx: ServiceContext, raw: CreateOrganisationInput): Promise<OrganisationView>;
