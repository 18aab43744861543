/** Just enough of a browser: cookies by path, and one step at a time. */
export interface PlainBrowser {
  open(url: string, form?: Record<string, string>): Promise<Page>;
  /** What it would send along now. */
  cookies(url: string): string;
}
export interface Page {
  status: number;
  headers: Headers;
  html: string;
  /** Where it is sent on to; empty if nowhere. */
  location: string;
}

export function plainBrowser(): PlainBrowser {
  const jar = new Map<string, { value: string; path: string }>();
  const cookies = (url: string): string => {
    const sent = [...jar].filter(([, { path }]) => new URL(url).pathname.startsWith(path));
    return sent.map(([name, { value }]) => `${name}=${value}`).join('; ');
  };

  function keep(cookie: string): void {
    const [pair = '', ...rest] = cookie.split('; ');
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    const path = rest.find((part) => /^path=/i.test(part))?.slice(5) ?? '/';
    if (value === '') jar.delete(name);
    else jar.set(name, { value, path });
  }

  return {
    cookies,
    async open(url, form) {
      const response = await fetch(url, {
        redirect: 'manual',
        headers: { cookie: cookies(url), accept: 'text/html' },
        ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
      });
      response.headers.getSetCookie().forEach(keep);
      const location = response.headers.get('location');
      return {
        status: response.status,
        headers: response.headers,
        html: await response.text(),
        location: location === null ? '' : new URL(location, url).href,
      };
    },
  };
}
