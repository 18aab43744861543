import type { Kind } from '@xiangjing/scenario-sdk';
import type { ListQuery } from './views.ts';

/** Addresses of the public pages; the node serves the same ones. */
export const LIST_PATH: Record<Kind, string> = {
  opportunity: '/opportunities',
  capability: '/capabilities',
  demonstration: '/demonstrations',
};
export const listPath = (kind: Kind | null): string => (kind === null ? '/search' : LIST_PATH[kind]);
export const recordPath = (id: string): string => `/records/${id}`;
export const FEDERATION_PATH = '/federation';
export const WORKBENCH_PATH = '/workbench/';
export const WORKBENCH_FEDERATION_PATH = '/workbench/federation';
export const workbenchRecordPath = (id: string): string => `/workbench/records/${id}`;
export const signInPath = (returnTo: string): string => `/auth/login?returnTo=${encodeURIComponent(returnTo)}`;
/** A sign-in with a second factor, for what the present one does not suffice. */
export const stepUpPath = (returnTo: string): string => `${signInPath(returnTo)}&stepUp=1`;

/** The present address with one display setting changed; the server remembers it and draws the page anew. */
export function withSetting(url: string, name: 'mode' | 'contrast', value: string): string {
  const [path = '/', query = ''] = url.split('?');
  const search = new URLSearchParams(query);
  search.set(name, value);
  return `${path}?${search}`;
}

/** Filters that stand in a list's address, in the order in which they are shown. `kind` stands in the path, except for search. */
export const FILTERS = ['kind', 'domain', 'region', 'scenarioKind', 'stage', 'origin'] as const;
export type Filter = (typeof FILTERS)[number];

/** The parts of a query that an address carries, as name and value pairs; the cursor is left out, so a changed filter starts on page one. */
export function queryPairs(kind: Kind | null, query: ListQuery): [string, string][] {
  const pairs: [string, string][] = query.q ? [['q', query.q]] : [];
  for (const name of FILTERS) {
    if (name === 'kind' && kind !== null) continue;
    for (const value of query[name] ?? []) pairs.push([name, value]);
  }
  if (query.due) pairs.push(['due', query.due]);
  if (query.sort) pairs.push(['sort', query.sort]);
  return pairs;
}

export function listHref(kind: Kind | null, pairs: [string, string][]): string {
  const search = new URLSearchParams(pairs);
  return pairs.length === 0 ? listPath(kind) : `${listPath(kind)}?${search}`;
}
