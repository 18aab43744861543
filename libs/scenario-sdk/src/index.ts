export { z } from 'zod';
export * from './kinds.ts';
export * from './label.ts';
export * from './record-id.ts';
export * from './vocabulary.ts';
export * from './roles.ts';
export * from './errors.ts';
export * from './document.ts';
export * from './lifecycle.ts';
