import type { NodeConfig } from '../config.ts';

/** Where a process of this node can be asked from this host: a wildcard is an address to listen on, not to call. */
export function addressOf({ host, port }: Pick<NodeConfig['http'], 'host' | 'port'>): string {
  const called = host === '0.0.0.0' ? '127.0.0.1' : host === '::' || host === '[::]' ? '::1' : host;
  return `http://${called.includes(':') && !called.startsWith('[') ? `[${called}]` : called}:${port}`;
}

/** The process that answers for the state of the node: this one, or the one that the configuration names. */
export function operationsAddress({ http, targets, peers }: Pick<NodeConfig, 'http' | 'targets' | 'peers'>): string {
  const isHere = targets === 'all' || targets.includes('operations') || targets.includes('portal');
  return isHere ? addressOf(http) : (peers.operations ?? addressOf(http));
}

export async function ask<T>(url: string): Promise<T | undefined> {
  try {
    return (await (await fetch(url, { signal: AbortSignal.timeout(5000) })).json()) as T;
  } catch {
    return undefined;
  }
}
