import { DomainError, findNode, LEVELS, parseRoleGrant, PI, SAFETY, z, type Label, type RoleGrant } from '@xiangjing/scenario-sdk';

/** How far a person is cleared, axis by axis; the node that owns the data gives it. */
export type Clearance = Pick<Label, 'level' | 'pi' | 'safety'>;

export interface Person {
  type: 'person';
  iss: string;
  sub: string;
  name: string;
  grants: readonly RoleGrant[];
  clearance: Clearance;
  /** Last day (or instant) on which the person's training is valid. */
  trainingUntil: string | null;
  steppedUp: boolean;
  organisationVerified: boolean;
}

/** Who asks. Audit and decision both need to know which kind it is, so it is never a bare id. */
export type Actor =
  { type: 'anonymous' } | Person | { type: 'service'; clientId: string } | { type: 'node'; adcode: string } | { type: 'job'; name: string };

const Claims = z.looseObject({
  iss: z.string().min(1),
  sub: z.string().min(1),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  client_id: z.string().optional(),
  azp: z.string().optional(),
  grants: z.array(z.string()).default([]),
  clearance_level: z.enum(LEVELS).catch('L1'),
  clearance_pi: z.enum(PI).catch('none'),
  clearance_safety: z.enum(SAFETY).catch('ordinary'),
  training_until: z.string().nullable().catch(null),
  acr: z.string().catch(''),
  org_verified: z.boolean().catch(false),
});

/**
 * Reads the claims of a verified access token. A word it does not know gives nothing: no role, no clearance, no step-up. `home` is the
 * node that was called.
 */
export function actorFromClaims(raw: unknown, home: string): Actor {
  const parsed = Claims.safeParse(raw);
  if (!parsed.success)
    throw new DomainError('TOKEN_INVALID', 'The token lacks iss or sub, or one of its claims has the wrong type.', {
      remedy: 'Sign in again; if it persists, the realm’s claim mappers are wrong.',
    });
  const c = parsed.data;
  if (c.preferred_username?.startsWith('service-account-')) return serviceOf(c.grants, c.client_id ?? c.azp ?? c.sub, home);
  return {
    type: 'person',
    iss: c.iss,
    sub: c.sub,
    name: c.name ?? c.preferred_username ?? c.sub,
    grants: c.grants.map(parseRoleGrant).filter((grant) => grant !== undefined),
    clearance: { level: c.clearance_level, pi: c.clearance_pi, safety: c.clearance_safety },
    trainingUntil: c.training_until,
    steppedUp: c.acr === '2',
    organisationVerified: c.org_verified,
  };
}

/**
 * A service account whose realm says `peer@<adcode>`, once, is the service of that other node. No token makes anybody the called node
 * itself, and `peer` makes nothing of a person.
 */
function serviceOf(grants: readonly string[], clientId: string, home: string): Actor {
  const peers = grants.flatMap((grant) => /^peer@(\d{6})$/.exec(grant)?.[1] ?? []);
  const [adcode] = peers;
  const isPeer = adcode !== undefined && new Set(peers).size === 1 && adcode !== home && findNode(adcode) !== undefined;
  return isPeer ? { type: 'node', adcode } : { type: 'service', clientId };
}
