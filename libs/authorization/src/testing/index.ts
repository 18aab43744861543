export * from './subjects.ts';
export * from './arbitraries.ts';
