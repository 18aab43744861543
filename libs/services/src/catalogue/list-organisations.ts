import type { ServiceContext } from '../kernel/context.ts';
import type { ListOrganisationsInput, OrganisationList } from './schemas.ts';

export declare function listOrganisations(ctx: ServiceContext, raw: ListOrganisationsInput): Promise<OrganisationList>;
