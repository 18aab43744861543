export { operationsRouter } from './router.ts';
export { operationsModule } from './module.ts';
export * from './schemas.ts';
export { withTroubles } from './with-troubles.ts';
export { toldJourney } from './told-journey.ts';
