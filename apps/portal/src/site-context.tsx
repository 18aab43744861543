import { createContext, useContext, type ReactNode } from 'react';

/** What parts that both tiers share may ask for: the node they stand on, who looks, and the clock. */
export interface Site {
  node: { adcode: string; nameZh: string };
  person: { name: string } | null;
  now: Date;
}
const Context = createContext<Site | null>(null);

export const SiteProvider = ({ value, children }: { value: Site; children: ReactNode }) => (
  <Context.Provider value={value}>{children}</Context.Provider>
);

export function useSite(): Site {
  const site = useContext(Context);
  if (!site) throw new Error('a part of a page was drawn outside its site');
  return site;
}
