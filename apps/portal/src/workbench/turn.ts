import { LIFECYCLE, Stage, type Role, type RoleGrant } from '@xiangjing/scenario-sdk';

const FORWARD = ['submit', 'select', 'publish'] as const;

/** Whose turn a stage is, by the lifecycle's own table: whoever may move it forward, the owner once it is published. */
export function turnOf(stage: Stage): Role | null {
  const verb = FORWARD.find((forward) => (LIFECYCLE[forward].from as readonly Stage[]).includes(stage));
  if (verb) return LIFECYCLE[verb].roles[0];
  return (LIFECYCLE.amend.from as readonly Stage[]).includes(stage) ? 'owner' : null;
}

/** Before publication, the stages that wait for somebody with these grants. Checkers look at what was submitted, beside the lead. */
export function waitingStages(grants: readonly RoleGrant[]): Stage[] {
  const roles = new Set<Role>(grants.map((grant) => grant.role));
  const isOpen = (stage: Stage) => FORWARD.some((verb) => (LIFECYCLE[verb].from as readonly Stage[]).includes(stage));
  return Stage.options.filter((stage) => {
    const turn = turnOf(stage);
    return isOpen(stage) && turn !== null && (roles.has(turn) || (turn === 'lead' && roles.has('checker')));
  });
}

export const isOwner = (grants: readonly RoleGrant[]): boolean => grants.some((grant) => grant.role === 'owner');
