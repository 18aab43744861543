import { Command } from 'commander';
import { DemoError } from './demo-error.ts';
import { explainAndExit } from './explain.ts';
import { readNodes, readNumber } from './options.ts';

interface Flags {
  nodes: string;
  once?: boolean;
  json?: boolean;
  timeout: string;
  portBase: string;
  data: string;
  kafka?: boolean;
  keycloak?: boolean;
}
const PORTS = [1024, 65_000] as const;
const portBase = ['--port-base <n>', 'port of the province; cities follow (长沙 +1 … 湘西 +31)', '4300'] as const;
const data = ['--data <folder>', 'where the demo keeps everything', '.xiangjing'] as const;

const program = new Command('npm start --')
  .description('The province and cities of the federation on this machine, with example records.')
  .option('--nodes <which>', 'five, all, or codes with commas', 'five')
  .option('--once', 'start, wait until all have converged, report, stop')
  .option('--json', 'report as one JSON document on stdout')
  .option('--timeout <s>', 'how long to wait for convergence', '120')
  .option(...portBase)
  .option(...data)
  .option('--kafka', 'feeds travel by a real Apache Kafka too (needs Java 17+ and Maven)')
  .option('--keycloak', 'people and services sign in at a real Keycloak (needs Java 17+ and Maven)')
  .action(async (flags: Flags) => {
    const stopping = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => stopping.abort(new DemoError('stopped before it was up', '')));
    const options = {
      nodes: readNodes(flags.nodes),
      once: flags.once ?? false,
      json: flags.json ?? false,
      timeoutMs: readNumber('--timeout', flags.timeout, [1, 3600]) * 1000,
      portBase: readNumber('--port-base', flags.portBase, PORTS),
      data: flags.data,
      kafka: flags.kafka ?? false,
      keycloak: flags.keycloak ?? false,
    };
    const { runDemo } = await import('./run-demo.ts');
    process.exitCode = await runDemo(options, stopping.signal);
  });

program
  .command('token')
  .description('a bearer token of a demo user, for scripts')
  .requiredOption('--node <adcode>', 'the node, such as 430100')
  .requiredOption('--user <name>', 'a demo user, such as coordinator')
  .action(async (o: { node: string; user: string }, command: Command) => {
    const flags: Flags = command.optsWithGlobals();
    const { printToken } = await import('./print-token.ts');
    await printToken({ ...o, portBase: readNumber('--port-base', flags.portBase, PORTS), data: flags.data });
  });

await program.parseAsync().catch(explainAndExit);
