import type { Page, RenderRequest } from '../public/request.ts';
import { render } from '../server.tsx';
import { request } from './requests.ts';

/** The markup of a page as the node would send it. */
export const html = (page: Page, more: Partial<RenderRequest> = {}): string => render(request(page, more)).html;

export const count = (text: string, part: string): number => text.split(part).length - 1;
export const between = (text: string, from: string, to: string): string =>
  text.slice(text.indexOf(from), text.indexOf(to, text.indexOf(from)));

/** Where its links lead. */
export const hrefs = (text: string): string[] =>
  [...text.matchAll(/href="([^"]*)"/g)].map((match) => (match[1] ?? '').replaceAll('&amp;', '&'));
