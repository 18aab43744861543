import {
  fieldDirectory,
  type Descriptor,
  type DomainCode,
  type FieldDirectory,
  type Issue,
  type JsonObject,
  type Kind,
  type Lazy,
  type RuleContext,
  type Stage,
  type TermCode,
  type Validator,
} from '@xiangjing/scenario-sdk';
import { inputIssues, knownAttributes, storedIssues } from './check-attributes.ts';
import { createGuard, type CallCounter, type GuardLimits, type HostLog } from './guard.ts';
import { loadPlugin, type LoadedPlugin, type PluginRow } from './load-plugin.ts';
import { ruleOutput, toIssue } from './rule-issues.ts';

export type { PluginRow };

const LOAD_DEADLINE_MS = 5000;

export interface PluginHostOptions {
  plugins: readonly PluginRow[];
  log: HostLog;
  clock: { now(): Date };
  counter?: CallCounter;
  limits?: Partial<GuardLimits> & { loadDeadlineMs?: number };
}

/** The step a record is checked for: its target stage, and what of the core fields a rule may read. */
export interface CheckStep {
  stage: Stage;
  terms: readonly TermCode[];
  planned?: { from: string; to: string } | null;
  region?: string | null;
}
export interface CheckResult {
  /** What blocks the step. */
  issues: Issue[];
  /** What is worth telling and stops nothing. */
  warnings: Issue[];
  /** The domain's rules could not be asked: the record stays saved where it is and cannot advance. */
  unchecked: boolean;
}
export interface PluginStatus {
  domain: DomainCode;
  version: string | null;
  schema: number | null;
  state: 'ready' | 'failed';
  reason?: string;
}
export interface PluginHost {
  descriptor(domain: DomainCode): Descriptor | undefined;
  fields(kind: Kind, domain: DomainCode): FieldDirectory;
  check(domain: DomainCode, kind: Kind, attrs: JsonObject, at: CheckStep): Promise<CheckResult>;
  parseDraft(domain: DomainCode, kind: Kind, attrs: JsonObject): Issue[];
  status(): PluginStatus[];
  close(): void;
}

/** Loads all plug-ins side by side; one that fails is off and told in `status`, the others and the node are up. */
export async function createPluginHost({ plugins, log, clock, counter, limits }: PluginHostOptions): Promise<PluginHost> {
  const outcomes = await Promise.all(plugins.map((row) => loadPlugin(row, limits?.loadDeadlineMs ?? LOAD_DEADLINE_MS)));
  const ready = new Map<DomainCode, LoadedPlugin>();
  const failed = new Map<DomainCode, string>();
  for (const outcome of outcomes) {
    const { domain } = outcome;
    if (!outcome.ok) failed.set(domain, outcome.reason);
    else if (ready.has(domain)) log.warn({ plugin: domain }, 'a second plug-in for a domain is ignored');
    else ready.set(domain, outcome.loaded);
  }
  for (const [plugin, reason] of failed) log.warn({ plugin, reason }, 'a plug-in is off');
  const guard = createGuard({ log, clock, counter, limits });

  async function askValidator(loaded: LoadedPlugin, kind: Kind, attrs: JsonObject, at: CheckStep): Promise<CheckResult> {
    const { plugin } = loaded;
    const lazy = plugin.validate?.[kind] as Lazy<Validator<JsonObject>> | undefined;
    const schema = plugin.schema.attrs[kind];
    if (!lazy || !schema) return { issues: [], warnings: [], unchecked: false };
    const context: RuleContext = { stage: at.stage, terms: [...at.terms], planned: at.planned ?? null, region: at.region ?? null };
    const outcome = await guard.run({
      plugin: plugin.domain,
      point: 'validate',
      output: ruleOutput(plugin),
      fn: async (signal) => {
        const { default: validate } = await lazy();
        return validate(knownAttributes(schema, attrs), context, {
          signal,
          now: clock.now(),
          log: (text) => log.info({ plugin: plugin.domain }, text.slice(0, 300)),
        });
      },
    });
    if (!outcome.ok) return { issues: [], warnings: [], unchecked: true };
    const of = (severity: 'block' | 'warn') => outcome.value.filter((i) => i.severity === severity).map((i) => toIssue(plugin, i));
    return { issues: of('block'), warnings: of('warn'), unchecked: false };
  }

  return {
    descriptor: (domain) => ready.get(domain)?.descriptor,
    fields: (kind, domain) => ready.get(domain)?.fields.get(kind) ?? fieldDirectory(kind),
    async check(domain, kind, attrs, at) {
      const loaded = ready.get(domain);
      // Without its plug-in a domain has no rules; attributes that nobody here can read are never judged as fine.
      if (!loaded) return { issues: [], warnings: [], unchecked: failed.has(domain) || Object.keys(attrs).length > 0 };
      const schema = loaded.plugin.schema.attrs[kind];
      const titleOf = (name: string): string => loaded.descriptor.texts[name]?.zh ?? name;
      const faults = schema ? storedIssues(schema, attrs, at.stage, titleOf) : [];
      if (faults.length > 0) return { issues: faults, warnings: [], unchecked: false };
      return askValidator(loaded, kind, attrs, at);
    },
    parseDraft(domain, kind, attrs) {
      if (Object.keys(attrs).length === 0) return [];
      if (failed.has(domain)) return [unavailable(domain)];
      return inputIssues(ready.get(domain)?.plugin.schema.attrs[kind], attrs);
    },
    status: () => [
      ...[...ready.values()].map(({ plugin }): PluginStatus => {
        const until = guard.openUntil(plugin.domain, 'validate');
        const paused = until === null ? {} : { reason: `rules paused after failures, tried again from ${new Date(until).toISOString()}` };
        return { domain: plugin.domain, version: plugin.version, schema: plugin.schema.current, state: 'ready', ...paused };
      }),
      ...[...failed].map(([domain, reason]): PluginStatus => ({ domain, version: null, schema: null, state: 'failed', reason })),
    ],
    close: () => guard.close(),
  };
}

const unavailable = (domain: DomainCode): Issue => ({
  pointer: '/attrs',
  code: 'PLUGIN_UNAVAILABLE',
  message: `领域插件 ${domain} 没有装载，领域属性暂时不能修改。`,
  remedy: '通用字段可以照常修改；请节点运维员查看插件状态。',
});
