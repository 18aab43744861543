import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { createTexts } from './i18n/index.ts';
import { FederationPage } from './public/federation/federation-page.tsx';
import { HomePage } from './public/home/home-page.tsx';
import { ListPage } from './public/list/list-page.tsx';
import { PageProvider } from './public/page-context.tsx';
import { ProblemPage } from './public/problem/problem-page.tsx';
import { RecordPage } from './public/record/record-page.tsx';
import { SiteProvider } from './site-context.tsx';
import type { Page, RenderedPage, RenderRequest } from './public/request.ts';

const texts = createTexts();

function PublicPage({ page }: { page: Page }) {
  switch (page.name) {
    case 'home':
      return <HomePage page={page} />;
    case 'list':
      return <ListPage page={page} />;
    case 'record':
      return <RecordPage page={page} />;
    case 'federation':
      return <FederationPage page={page} />;
    case 'problem':
      return <ProblemPage page={page} />;
  }
}

/** One public page as plain markup. The node has filled in the data; nothing here asks for more or decides what may be seen. */
export function render(request: RenderRequest): RenderedPage {
  const now = request.now ? new Date(request.now) : new Date();
  const markup = renderToStaticMarkup(
    <I18nextProvider i18n={texts}>
      <PageProvider request={request}>
        <SiteProvider value={{ node: request.node, person: request.person, now }}>
          <PublicPage page={request.page} />
        </SiteProvider>
      </PageProvider>
    </I18nextProvider>,
  );
  return { status: request.page.name === 'problem' ? request.page.status : 200, html: `<!doctype html>${markup}` };
}
