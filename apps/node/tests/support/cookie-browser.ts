import { plainBrowser, type PlainBrowser } from '@xiangjing/local-servers/plain-browser';
import { PASSWORD } from './users.ts';

/** A browser that knows its way through a node's sign-in. */
export interface CookieBrowser extends PlainBrowser {
  get<T>(url: string): Promise<T>;
  /** From the node's sign-in by the demo identity provider's page and back to where it leads. */
  signIn(nodeUrl: string, user: string): Promise<void>;
  /** Up to the address by which the identity server sends the browser back. */
  toCallback(nodeUrl: string, user: string): Promise<string>;
}

export function cookieBrowser(): CookieBrowser {
  const browser = plainBrowser();
  const { open } = browser;
  const toCallback: CookieBrowser['toCallback'] = async (nodeUrl, user) => {
    let step = await open((await open(`${nodeUrl}/auth/login`)).location);
    if (step.location.includes('/login/')) {
      await open(step.location);
      step = await open((await open(step.location, { username: user, password: PASSWORD })).location);
    }
    return step.location;
  };
  return {
    ...browser,
    toCallback,
    get: async <T>(url: string) => JSON.parse((await open(url)).html) as T,
    signIn: async (nodeUrl, user) => {
      const back = await open(await toCallback(nodeUrl, user));
      if (back.status !== 302) throw new Error(`the sign-in of ${user} ended with ${back.status}: ${back.html}`);
    },
  };
}
