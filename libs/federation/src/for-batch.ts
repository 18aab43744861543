import { prepared, type Queryable } from '@xiangjing/db';
import type pg from 'pg';

const FEW = 16;

/**
 * How the statements of one batch are sent. For a few events planning would take longer than the work, so plans are kept; for a
 * full page they are made anew, for a kept one may come from a time when the tables were empty.
 */
export const forBatch = (client: pg.PoolClient, size: number): Queryable => (size <= FEW ? prepared(client) : client);
