import { parseRoleGrant, z, type RoleGrant } from '@xiangjing/scenario-sdk';

const SessionAnswer = z.object({
  person: z.object({ name: z.string(), grants: z.array(z.string()) }).nullable(),
  csrf: z.string(),
  node: z.object({ adcode: z.string(), nameZh: z.string(), demo: z.boolean().default(false) }),
  mode: z.enum(['default', 'elder']).default('default'),
  contrast: z.enum(['default', 'high']).default('default'),
});
type SessionAnswer = z.infer<typeof SessionAnswer>;

/** Who sits here, with the grants as the SDK reads them, and how the pages should look. The tokens stay on the node. */
export interface Session extends Omit<SessionAnswer, 'person'> {
  person: { name: string; grants: RoleGrant[] };
}

/** Asks the node; null when nobody is signed in. A display setting in the address goes along, so that the node remembers it. */
export async function readSession(search: string, ask: typeof fetch = fetch): Promise<Session | null> {
  const asked = new URLSearchParams(search);
  const settings = new URLSearchParams([...asked].filter(([name]) => name === 'mode' || name === 'contrast'));
  const response = await ask(`/auth/session?${settings}`, { headers: { accept: 'application/json' } });
  const { person, ...rest } = SessionAnswer.parse(await response.json());
  if (person === null) return null;
  return { ...rest, person: { name: person.name, grants: person.grants.flatMap((text) => parseRoleGrant(text) ?? []) } };
}

/** Ends the session here and at the identity server, and leads to where that server sends people afterwards. */
export async function signOut(csrf: string): Promise<void> {
  const response = await fetch('/auth/logout', { method: 'POST', headers: { 'x-csrf': csrf, accept: 'application/json' } });
  const answer = z.object({ url: z.string() }).safeParse(await response.json().catch(() => null));
  location.assign(answer.success ? answer.data.url : '/');
}
