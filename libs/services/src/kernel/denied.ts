import { DomainError, ERROR_TEXTS, type ErrorCode } from '@xiangjing/scenario-sdk';

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
  constructor(shown: ErrorCode, denial: Denial, more: { message?: string; remedy?: string; details?: Record<string, unknown> } = {}) {
    const [message, remedy] = ERROR_TEXTS[shown]; // NOT_FOUND is one text for what does not exist and for what may not be learnt of
    super(shown, more.message ?? message, { remedy: more.remedy ?? remedy, ...(more.details ? { details: more.details } : {}) });
    this.name = 'DeniedError';
    this.denial = denial;
  }
}

export const notFound = (denial: Denial): DeniedError => new DeniedError('NOT_FOUND', denial);

const AUDITED = new Set<ErrorCode>(['MASS_ASSIGNMENT', 'LABEL_LOWERING', 'FOREIGN_RECORD', 'NOT_FOUND']);

/** Refusals that the audit keeps: those of a decision, not faults of an input. */
export const isDenial = (error: DomainError): boolean =>
  error instanceof DeniedError || AUDITED.has(error.code) || error.status === 401 || error.status === 403;
