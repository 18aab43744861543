export * from './to-prisma-where.ts';
export * from './to-sql.ts';
export * from './readable.ts';
