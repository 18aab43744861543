import { openApiDocument } from '../http/openapi.ts';
import { mountPublicPages } from '../http/public-pages.ts';
import { securityHeaders } from '../http/security-headers.ts';
import { openSessions } from '../http/session.ts';
import { mountSignIn } from '../http/sign-in.ts';
import { mountWorkbench } from '../http/workbench.ts';
import { appRouter } from '../router.ts';
import type { Runtime } from '../runtime.ts';

/** The face of the node: public pages, sign-in, workbench, API description. */
export const portalTarget = {
  mount: async (runtime: Runtime) => {
    securityHeaders(runtime.app);
    const sessions = await openSessions(runtime);
    await mountSignIn(runtime, sessions);
    await mountWorkbench(runtime);
    await mountPublicPages(runtime, sessions);
    const document = openApiDocument(appRouter, runtime.node.release);
    runtime.app.get('/api/openapi.json', () => document);
  },
  module: { name: 'portal', needs: [], start: async () => {} },
};
