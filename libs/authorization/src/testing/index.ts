export * from './documents.ts';
export * from './subjects.ts';
export * from './arbitraries.ts';
