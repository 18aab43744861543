export { catalogueRouter } from './router.ts';
export { catalogueModule } from './module.ts';
export { retireExpired } from './retire-expired.ts';
export * from './schemas.ts';
