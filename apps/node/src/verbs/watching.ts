import { InvalidArgumentError, type Command } from 'commander';
import { compareNow } from './compare.ts';
import { printStatusAt } from './status-at.ts';
import { printFederationStatus } from './status.ts';
import { printTrace } from './trace.ts';

/** How the exchange stands, how far one record got, and whether what came is what was sent. */
export function addWatchingVerbs(federation: Command): void {
  federation
    .command('status')
    .description('each feed: road, how far, how old, what was refused and what to do')
    .requiredOption('--config <file>', 'the YAML file')
    .option('--at <adcode>', 'how that node sees the feeds of this one, by the service account in identity.services')
    .option('--json', 'answer as JSON')
    .action((o: { config: string; at?: string; json?: boolean }) =>
      o.at === undefined ? printFederationStatus(o) : printStatusAt({ ...o, at: o.at }),
    );

  federation
    .command('trace')
    .description('the way of one record, from the commit at its home to the row at the province')
    .argument('<record>', 'the record id: urn:xiangjing:…')
    .requiredOption('--config <file>', 'the YAML file')
    .option('--json', 'answer as JSON')
    .action((record: string, o: { config: string; json?: boolean }) => printTrace(record, o));

  federation
    .command('compare')
    .description('compare now what was received with what was sent, mend what differs, and wait for the result')
    .requiredOption('--config <file>', 'the YAML file')
    .option('--timeout <seconds>', 'how long to wait', seconds, 60)
    .option('--json', 'answer as JSON')
    .action((o: { config: string; timeout: number; json?: boolean }) => compareNow(o));
}

function seconds(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 3600) return count;
  throw new InvalidArgumentError('应为 1 到 3600 之间的整数秒。');
}
