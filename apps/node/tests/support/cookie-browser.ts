import { PASSWORD } from './users.ts';

/** Just enough of a browser: cookies by host and path, and one step at a time. */
export interface CookieBrowser {
  open(url: string, form?: Record<string, string>): Promise<{ status: number; html: string; location: string; headers: Headers }>;
  get<T>(url: string): Promise<T>;
  /** What it would send along now. */
  cookies(url: string): string;
  /** From the node's sign-in by the demo identity provider's page and back to where it leads. */
  signIn(nodeUrl: string, user: string): Promise<void>;
  /** Up to the address by which the identity server sends the browser back. */
  toCallback(nodeUrl: string, user: string): Promise<string>;
}

export function cookieBrowser(): CookieBrowser {
  const jar = new Map<string, { value: string; path: string }>();
  const cookies = (url: string): string => {
    const sent = [...jar].filter(([, { path }]) => new URL(url).pathname.startsWith(path));
    return sent.map(([name, { value }]) => `${name}=${value}`).join('; ');
  };
  const open: CookieBrowser['open'] = async (url, form) => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: cookies(url), accept: 'text/html' },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...rest] = line.split('; ');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const path = rest.find((part) => /^path=/i.test(part))?.slice(5) ?? '/';
      if (value === '') jar.delete(name);
      else jar.set(name, { value, path });
    }
    const location = response.headers.get('location');
    return {
      status: response.status,
      headers: response.headers,
      html: await response.text(),
      location: location === null ? '' : new URL(location, url).href,
    };
  };
  const toCallback: CookieBrowser['toCallback'] = async (nodeUrl, user) => {
    let step = await open((await open(`${nodeUrl}/auth/login`)).location);
    if (step.location.includes('/login/')) {
      await open(step.location);
      step = await open((await open(step.location, { username: user, password: PASSWORD })).location);
    }
    return step.location;
  };
  return {
    open,
    cookies,
    toCallback,
    get: async <T>(url: string) => JSON.parse((await open(url)).html) as T,
    signIn: async (nodeUrl, user) => {
      const back = await open(await toCallback(nodeUrl, user));
      if (back.status !== 302) throw new Error(`the sign-in of ${user} ended with ${back.status}: ${back.html}`);
    },
  };
}
