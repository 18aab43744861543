import type { OrganisationModel } from '@xiangjing/db';
import type { OrganisationView } from './schemas.ts';

export function organisationView(row: OrganisationModel): OrganisationView {
  const { uscc, name, region, industry, parentUscc } = row;
  const [type, state] = [row.type as OrganisationView['type'], row.state as OrganisationView['state']];
  return { uscc, name, type, region, industry, parentUscc, state, rev: Number(row.rev) };
}
