import type { FastifyReply, FastifyRequest } from 'fastify';

const MODES = ['default', 'elder'] as const;
const CONTRASTS = ['default', 'high'] as const;
const YEAR_S = 365 * 24 * 3600;

/** How this reader wants pages: from the address once, then remembered in a cookie. */
export function displayOf(
  request: FastifyRequest,
  reply: FastifyReply,
): { mode: (typeof MODES)[number]; contrast: (typeof CONTRASTS)[number] } {
  const query = request.query as Record<string, unknown>;
  const choose = <T extends string>(name: string, values: readonly T[]): T => {
    const asked = values.find((v) => v === query[name]);
    if (asked) reply.setCookie(`xiangjing_${name}`, asked, { path: '/', sameSite: 'lax', httpOnly: true, maxAge: YEAR_S });
    return asked ?? values.find((v) => v === request.cookies[`xiangjing_${name}`]) ?? values[0]!;
  };
  return { mode: choose('mode', MODES), contrast: choose('contrast', CONTRASTS) };
}
