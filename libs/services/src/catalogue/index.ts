export { catalogueRouter } from './router.ts';
export * from './schemas.ts';
