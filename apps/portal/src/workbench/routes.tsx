import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { NewRecordSearch } from './create/search.ts';
import { ExchangeSearch } from './exchange/search.ts';
import { RecordsSearch } from './records/search.ts';
import { WorkbenchShell } from './shell/workbench-shell.tsx';

/** The map of the workbench. The shell is light; pages, and the component kit with them, load when they are opened. */
const root = createRootRoute({ component: WorkbenchShell });

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/records' });
  },
});

const records = createRoute({
  getParentRoute: () => root,
  path: '/records',
  validateSearch: RecordsSearch,
  component: lazyRouteComponent(() => import('./records/records-page.tsx'), 'RecordsPage'),
});

const newRecord = createRoute({
  getParentRoute: () => root,
  path: '/new',
  validateSearch: NewRecordSearch,
  component: lazyRouteComponent(() => import('./create/new-record-page.tsx'), 'NewRecordPage'),
});

const record = createRoute({
  getParentRoute: () => root,
  path: '/records/$id',
  component: lazyRouteComponent(() => import('./detail/record-page.tsx'), 'RecordPage'),
});

const editTask = createRoute({
  getParentRoute: () => root,
  path: '/records/$id/edit/$task',
  component: lazyRouteComponent(() => import('./edit/edit-page.tsx'), 'EditPage'),
});

const exchange = createRoute({
  getParentRoute: () => root,
  path: '/federation',
  validateSearch: ExchangeSearch,
  component: lazyRouteComponent(() => import('./exchange/exchange-page.tsx'), 'ExchangePage'),
});

export const createWorkbenchRouter = () =>
  createRouter({
    routeTree: root.addChildren([index, records, newRecord, record, editTask, exchange]),
    basepath: '/workbench',
    pathParamsAllowedCharacters: [':'],
    defaultPreload: false,
    scrollRestoration: true,
  });

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createWorkbenchRouter>;
  }
}
