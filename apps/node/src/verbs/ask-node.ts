import { DomainError, inChinese, z } from '@xiangjing/scenario-sdk';
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

/** What a process of this node answers; undefined if none does. */
export async function ask<T>(url: string, schema: z.ZodType<T>): Promise<T | undefined> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
  return answer && readAnswer(answer, schema, { who: url, remedy: '核对 http.port 和 peers 里的地址，看那里运行的是不是本节点的同一版本' });
}

const Problem = z.object({ code: z.string().catch(''), detail: z.string(), remedy: z.string().catch('') });

/** An answer as its schema reads it. Whoever answers may be of another release, or no node at all. */
export async function readAnswer<T>(answer: Response, schema: z.ZodType<T>, { who, remedy }: { who: string; remedy: string }): Promise<T> {
  const body: unknown = await answer.json().catch(() => undefined);
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const said = Problem.safeParse(body).data;
  if (!said) {
    const fault = `不是所问的内容（/${read.error.issues[0]!.path.join('/')}）`;
    throw new DomainError('UPSTREAM_UNAVAILABLE', `${who} 答复 ${answer.status}：${fault}`, { remedy });
  }
  const told = inChinese({ ...said, message: said.detail });
  const original = told.detail === '' ? '' : `（${told.detail}）`;
  throw new DomainError('UPSTREAM_UNAVAILABLE', `${who} 答复 ${answer.status}：${told.message}${original}`, {
    remedy: told.remedy || remedy,
  });
}
