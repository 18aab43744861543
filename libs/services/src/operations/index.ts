export { operationsRouter } from './router.ts';
export * from './schemas.ts';
