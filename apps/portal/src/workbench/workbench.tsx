import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { createTexts } from '../i18n/index.ts';
import { SiteProvider } from '../site-context.tsx';
import { createApi, createQueryClient, TRPCProvider } from './api.ts';
import { createWorkbenchRouter } from './routes.tsx';
import { SessionProvider } from './session-context.tsx';
import type { Session } from './session.ts';
import { useMinute } from './use-minute.ts';

/** Everything a page of the workbench stands on: texts, session, data, addresses. */
export function Workbench({ session }: { session: Session }) {
  const [texts] = useState(createTexts);
  const [queryClient] = useState(createQueryClient);
  const [api] = useState(() => createApi(session.csrf));
  const [router] = useState(createWorkbenchRouter);
  const now = useMinute();
  return (
    <StrictMode>
      <I18nextProvider i18n={texts}>
        <SessionProvider session={session}>
          <SiteProvider value={{ node: session.node, person: session.person, now }}>
            <QueryClientProvider client={queryClient}>
              <TRPCProvider trpcClient={api} queryClient={queryClient}>
                <RouterProvider router={router} />
              </TRPCProvider>
            </QueryClientProvider>
          </SiteProvider>
        </SessionProvider>
      </I18nextProvider>
    </StrictMode>
  );
}
