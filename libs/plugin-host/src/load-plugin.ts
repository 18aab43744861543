import {
  checkPlugin,
  descriptorOf,
  DescriptorShape,
  DomainError,
  fieldDirectory,
  Kind,
  type Descriptor,
  type DomainCode,
  type FieldDirectory,
  type Plugin,
} from '@xiangjing/scenario-sdk';
import { descriptorDigest } from './descriptor-digest.ts';
import { LIMITS } from './limits.ts';
import { withDeadline } from './with-deadline.ts';

/** A row of the table of bundled plug-ins: the domain's code and a lazy import. */
export interface PluginRow {
  domain: DomainCode;
  load: () => Promise<{ plugin: Plugin }>;
}
export interface LoadedPlugin {
  plugin: Plugin;
  descriptor: Descriptor;
  fields: ReadonlyMap<Kind, FieldDirectory>;
}
export type LoadOutcome = { domain: DomainCode; ok: true; loaded: LoadedPlugin } | { domain: DomainCode; ok: false; reason: string };

/** Imports one plug-in and checks its data before anybody uses it. Never throws: a plug-in that fails is off, the node is up. */
export async function loadPlugin({ domain, load }: PluginRow, deadlineMs: number): Promise<LoadOutcome> {
  const result = await withDeadline(load, deadlineMs);
  if (!result.ok) return { domain, ok: false, reason: `PLUGIN_UNAVAILABLE: ${result.reason}` };
  try {
    return { domain, ok: true, loaded: examined(domain, result.value) };
  } catch (error) {
    const reason =
      error instanceof DomainError
        ? `${error.code}: ${error.message}; ${error.remedy}`
        : 'MANIFEST_INVALID: does not describe itself as a plug-in';
    return { domain, ok: false, reason };
  }
}

function examined(domain: DomainCode, module: unknown): LoadedPlugin {
  const { plugin } = module as { plugin: Plugin };
  checkPlugin(plugin);
  if (plugin.domain !== domain)
    throw new DomainError('MANIFEST_INVALID', `the table says ${domain}, the plug-in ${plugin.domain}`, { remedy: 'correct the row' });
  const described = descriptorOf(plugin);
  if (!DescriptorShape.safeParse(described).success)
    throw new DomainError('MANIFEST_INVALID', `${domain}: form, texts or version have a wrong shape`, {
      remedy: 'compare with FormSpec and AttributeText',
    });
  const bytes = Buffer.byteLength(JSON.stringify(described));
  if (bytes > LIMITS.descriptorBytes)
    throw new DomainError('MANIFEST_INVALID', `${domain}: its description has ${bytes} bytes, at most ${LIMITS.descriptorBytes}`, {
      remedy: 'shorten texts and code lists',
    });
  const descriptor = { ...described, digest: descriptorDigest(described) };
  return { plugin, descriptor, fields: new Map(Kind.options.map((kind) => [kind, fieldDirectory(kind, descriptor)])) };
}
