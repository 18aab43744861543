import { createContext, useContext, type ReactNode } from 'react';
import type { Session } from './session.ts';

const Context = createContext<Session | null>(null);

export const SessionProvider = ({ session, children }: { session: Session; children: ReactNode }) => (
  <Context.Provider value={session}>{children}</Context.Provider>
);

export function useSession(): Session {
  const session = useContext(Context);
  if (!session) throw new Error('a workbench page was drawn without a session');
  return session;
}
