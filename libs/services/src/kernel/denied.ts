import { DomainError, type ErrorCode } from '@xiangjing/scenario-sdk';

/** What the audit keeps of a refusal: the true reason, which the caller may not learn. */
export interface Denial {
  subject: string;
  reason: ErrorCode;
  recordId?: string;
  label?: string;
  labelVersion?: number;
}

/** A refusal with two faces: `code` and message are what the caller is shown, `denial` is what the audit keeps. */
export class DeniedError extends DomainError {
  readonly denial: Denial;
  constructor(shown: ErrorCode, message: string, more: { remedy?: string; denial: Denial }) {
    super(shown, message, { remedy: more.remedy });
    this.name = 'DeniedError';
    this.denial = more.denial;
  }
}

/** One text for what does not exist and for what the caller may not learn of. */
export const notFound = (denial: Denial): DeniedError =>
  new DeniedError('NOT_FOUND', '没有找到', { remedy: '核对编号；如果应当有，请登录后再看', denial });

const AUDITED = new Set<ErrorCode>(['MASS_ASSIGNMENT', 'LABEL_LOWERING', 'FOREIGN_RECORD', 'NOT_FOUND']);

/** Refusals that the audit keeps: those of a decision, not faults of an input. */
export const isDenial = (error: DomainError): boolean =>
  error instanceof DeniedError || AUDITED.has(error.code) || error.status === 401 || error.status === 403;
