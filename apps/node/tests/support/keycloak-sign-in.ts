import type { CookieBrowser } from './cookie-browser.ts';
import { totp } from './totp.ts';

export interface KeycloakPerson {
  username: string;
  password: string;
  /** Shared secret of the one-time codes. */
  otpSecret?: string;
}
export interface SignedIn {
  /** The pages that were filled in: `password`, `otp`. */
  pages: string[];
  status: number;
  location: string;
}

/** From the node's sign-in through Keycloak's pages and back; says which pages came. */
export async function keycloakSignIn(browser: CookieBrowser, loginUrl: string, person: KeycloakPerson): Promise<SignedIn> {
  const pages: string[] = [];
  let step = await browser.open(loginUrl);
  const nodeOrigin = new URL(loginUrl).origin;
  for (let i = 0; i < 12; i++) {
    if (step.location) {
      const isBack = step.location.startsWith(`${nodeOrigin}/auth/callback`);
      step = await browser.open(step.location);
      if (isBack) return { pages, status: step.status, location: step.location };
      continue;
    }
    const action = /<form[^>]+action="([^"]+)"/.exec(step.html)?.[1]?.replaceAll('&amp;', '&');
    if (action === undefined) throw new Error(`no form at Keycloak (${step.status}): ${step.html.slice(0, 500)}`);
    const isOtp = /name="otp"/.test(step.html);
    pages.push(isOtp ? 'otp' : 'password');
    const { username, password, otpSecret = '' } = person;
    step = await browser.open(action, isOtp ? { otp: totp(otpSecret) } : { username, password });
  }
  throw new Error(`the sign-in went round in circles: ${pages.join(', ')}`);
}
