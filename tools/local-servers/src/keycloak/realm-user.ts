import type { DemoUser } from '../identity/demo-user.ts';

export interface RealmUser {
  username: string;
  enabled: true;
  lastName: string;
  credentials: { type: 'password'; value: string; temporary: false }[];
  groups: string[];
  attributes: Record<string, string[]>;
}

/** What a user of the demo is in Keycloak: roles with scope are groups of that name, other claims are attributes of the profile. */
export function userOf({ username, password, name, claims }: DemoUser): RealmUser {
  const { grants = [], acr: _, ...rest } = claims as { grants?: string[]; acr?: string } & Record<string, unknown>;
  return {
    username,
    enabled: true,
    lastName: name,
    credentials: [{ type: 'password', value: password, temporary: false }],
    groups: grants,
    attributes: Object.fromEntries(Object.entries(rest).map(([claim, value]) => [claim, [String(value)]])),
  };
}
