import { useQuery } from '@tanstack/react-query';
import type { RoleGrant } from '@xiangjing/scenario-sdk';
import { useTranslation } from 'react-i18next';
import { useTRPC } from '../api.ts';
import { FieldItem } from '../inputs/field-item.tsx';
import type { Issue } from '../problem.ts';

/** The organisations a person acts for; with one of them the node knows without being told. */
export const ownedOrganisations = (grants: readonly RoleGrant[]): string[] =>
  grants.flatMap(({ role, scope }) => (role === 'owner' && scope.type === 'organisation' ? [scope.uscc] : []));

interface OwnerFieldProps {
  owned: readonly string[];
  value: unknown;
  onChange: (value: unknown) => void;
  issues: readonly Issue[];
}

/** For which organisation, where somebody acts for several. */
export function OwnerField({ owned, value, onChange, issues }: OwnerFieldProps) {
  const { t } = useTranslation();
  const organisations = useQuery(useTRPC().catalogue.organisations.list.queryOptions({ limit: 100 }));
  const names = new Map(organisations.data?.items.map(({ uscc, name }) => [uscc, name]));
  return (
    <FieldItem
      pointer="/core/ownerUscc"
      schema={{ type: 'string', enum: [...owned], 'x-zh': Object.fromEntries(owned.map((uscc) => [uscc, names.get(uscc) ?? uscc])) }}
      label={t('desk.fresh.owner')}
      hint={t('desk.fresh.ownerHint')}
      value={value}
      onChange={onChange}
      issues={issues}
      isRequired
    />
  );
}
