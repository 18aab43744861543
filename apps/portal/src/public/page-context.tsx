import { createContext, useContext, type ReactNode } from 'react';
import type { RenderRequest } from './request.ts';

const Context = createContext<RenderRequest | null>(null);

export const PageProvider = ({ request, children }: { request: RenderRequest; children: ReactNode }) => (
  <Context.Provider value={request}>{children}</Context.Provider>
);

/** What a public page is drawn for: its address, display settings, node. */
export function usePage(): RenderRequest {
  const request = useContext(Context);
  if (!request) throw new Error('a part of a public page was drawn outside render()');
  return request;
}
