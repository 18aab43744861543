import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client.ts';
import { UTC } from './pool.ts';

export { Prisma } from './generated/client.ts';
export type * from './generated/models.ts';
export type Db = PrismaClient;
/** The client inside `db.$transaction`. */
export type Tx = Parameters<Parameters<Db['$transaction']>[0]>[0];

export function createDb(url: string, options: { max?: number | undefined; applicationName?: string | undefined } = {}): Db {
  const adapter = new PrismaPg({
    connectionString: url,
    options: UTC,
    max: options.max ?? 5,
    application_name: options.applicationName ?? 'xiangjing',
  });
  return new PrismaClient({ adapter });
}
