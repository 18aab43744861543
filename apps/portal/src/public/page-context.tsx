import { createContext, useContext, type ReactNode } from 'react';
import type { RenderRequest } from './request.ts';

/** What every part of a public page may ask for: the request it is drawn for, and its clock. */
export interface PageContext {
  request: RenderRequest;
  now: Date;
}
const Context = createContext<PageContext | null>(null);

export const PageProvider = ({ value, children }: { value: PageContext; children: ReactNode }) => (
  <Context.Provider value={value}>{children}</Context.Provider>
);

export function usePage(): PageContext {
  const page = useContext(Context);
  if (!page) throw new Error('a part of a public page was drawn outside render()');
  return page;
}
