import { createLogger } from '@xiangjing/platform';
import { expect, test } from 'vitest';
import { PushRequest } from '../wire.ts';
import { createPeerNodes } from './peer-nodes.ts';

test('what cannot be kept of a node is told in the log, stops nothing, and is kept when it comes again', async () => {
  const lines: string[] = [];
  const rows: unknown[][] = [];
  let isAway = true;
  const query = async (_: string, values: unknown[]) => {
    if (isAway) throw new Error('the database is away');
    rows.push(values);
    return { rows: [] };
  };
  const log = createLogger({ level: 'warn', destination: { write: (line: string) => void lines.push(line) } });
  const peers = createPeerNodes({ query } as never, log);
  const said = { adcode: '430100', release: '1', wireGeneration: 1, heardAt: new Date(0) };
  await peers.note(said);
  expect(lines).toHaveLength(1);
  isAway = false;
  await peers.note(said);
  await peers.note(said);
  expect(rows).toHaveLength(1);
});

test('a generation or release that no table holds is refused on the way in', () => {
  const faultsOf = (said: object) => (PushRequest.safeParse(said).error?.issues ?? []).map(({ path }) => path.join('/'));
  expect(faultsOf({ wireGeneration: 32_768, release: 'x'.repeat(61) })).toEqual(expect.arrayContaining(['wireGeneration', 'release']));
  expect(faultsOf({ wireGeneration: 32_767, release: 'x'.repeat(60) })).not.toEqual(expect.arrayContaining(['wireGeneration']));
});
