import { POLICY_VERSION } from '@xiangjing/authorization';
import type { Tx } from '@xiangjing/db';
import { DomainError, readRecordId } from '@xiangjing/scenario-sdk';
import { v7 as uuidv7 } from 'uuid';
import { hashedActor } from './actor-key.ts';
import type { ServiceContext } from './context.ts';
import { DeniedError } from './denied.ts';

export interface AuditEntry {
  action: string;
  subject: string;
  recordId?: string;
  label?: string;
  labelVersion?: number;
  obligations?: readonly string[];
  detail?: Record<string, string | number | boolean | readonly string[]>;
}

/**
 * The audit row of an allowed act: in the transaction of a write, in its own commit before the first byte of a read above L1.
 * If it cannot be kept the act does not happen.
 */
export const writeAudit = (tx: Pick<Tx, 'audit'>, ctx: ServiceContext, entry: AuditEntry): Promise<void> =>
  insert(tx, ctx, { ...entry, effect: 'allow', reason: null });

/** The audit row of a refusal, with its true reason. The refusal stands whether or not the row can be kept. */
export async function writeDenial(ctx: ServiceContext, refused: { action: string; error: DomainError; raw: unknown }): Promise<void> {
  const denial = refused.error instanceof DeniedError ? refused.error.denial : undefined;
  const entry = {
    action: refused.action,
    subject: denial?.subject ?? (ctx.actor.type === 'anonymous' ? 'PUB' : ctx.actor.type),
    recordId: denial?.recordId ?? idIn(refused.raw),
    label: denial?.label,
    labelVersion: denial?.labelVersion,
  };
  await insert(ctx.db, ctx, { ...entry, effect: 'deny', reason: denial?.reason ?? refused.error.code }).catch((cause: unknown) =>
    ctx.log.error({ err: cause, traceId: ctx.traceId, action: refused.action }, 'a refusal could not be kept in the audit'),
  );
}

type Row = AuditEntry & { effect: 'allow' | 'deny'; reason: string | null };

async function insert(tx: Pick<Tx, 'audit'>, ctx: ServiceContext, row: Row): Promise<void> {
  try {
    await tx.audit.createMany({
      data: {
        id: uuidv7(),
        at: ctx.clock.now(),
        action: row.action,
        effect: row.effect,
        reason: row.reason,
        actor: hashedActor(ctx.actor),
        subject: row.subject,
        recordId: row.recordId ?? null,
        label: row.label ?? null,
        labelVersion: row.labelVersion ?? null,
        obligations: [...(row.obligations ?? [])],
        policyVersion: POLICY_VERSION,
        detail: { ...row.detail, channel: ctx.channel },
        traceId: ctx.traceId,
      },
    });
  } catch (cause) {
    throw new DomainError('AUDIT_UNAVAILABLE', '审计记录写不下来，操作没有进行', { remedy: '稍后再试；运维员请检查数据库', cause });
  }
}

function idIn(raw: unknown): string | undefined {
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined;
  return typeof id === 'string' && readRecordId(id) ? id : undefined;
}
