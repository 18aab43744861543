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
  constructor(shown: ErrorCode, denial: Denial, more: { message?: string; remedy?: string; details?: Record<string, unknown> } = {}) {
    const [message, remedy] = TEXTS[shown] ?? ['不能这样做', ''];
    super(shown, more.message ?? message, { remedy: more.remedy ?? remedy, ...(more.details ? { details: more.details } : {}) });
    this.name = 'DeniedError';
    this.denial = denial;
  }
}

/** What is said for each code, and what to do. NOT_FOUND is one text for what does not exist and for what may not be learnt of. */
const TEXTS: Partial<Record<ErrorCode, readonly [message: string, remedy: string]>> = {
  UNAUTHENTICATED: ['请先登录', '登录，或带上令牌再试'],
  UNKNOWN_ACTION: ['没有这项操作', '接口文档见 /api/openapi.json'],
  NOT_FOUND: ['没有找到', '核对编号；如果应当有，请登录后再看'],
  ROLE: ['您的角色或其范围不包括这项操作', '请有这个角色、且范围包括这条记录的人办理'],
  CLEARANCE: ['您的涉密许可低于这条记录的分级', '请节点管理员核定许可'],
  STEP_UP: ['这项操作需要更强的登录', '用更强的方式重新登录后再试'],
  TRAINING: ['保密培训没有做或已过期', '完成培训后再试'],
  SUBJECT_STATE: ['账号或单位没有核验，或已停用', '请统筹协调员核验单位'],
  NEEDS_GRANT: ['这部分要有授权才能看', '向归属单位提出授权申请'],
  NOT_GRANTABLE: ['这部分不能授权给这类用户', '请与归属单位联系'],
  NOT_OPEN: ['这部分不向社会开放', '企业核验并登录后可见更多'],
  SHARE_PROHIBITED: ['这条记录不予共享', '请与归属单位联系'],
  CROSS_NODE: ['这是其他节点的记录，本节点只有收到的内容', '到归属节点办理'],
  FOREIGN_RECORD: ['记录属于其他节点，只有归属节点能修改', '到归属节点办理，或请归属节点修改'],
  LABEL_FLOOR: ['标签低于自身各项的底线', '按底线提高相应的项'],
  LABEL_LOWERING: ['定级只升不降', '给出不低于现有标签的完整标签'],
  UNLABELLED: ['标签缺一项或取值未知', '给出完整标签'],
  CORE: ['核心数据不在本平台处理', '不要录入'],
};

export const notFound = (denial: Denial): DeniedError => new DeniedError('NOT_FOUND', denial);

const AUDITED = new Set<ErrorCode>(['MASS_ASSIGNMENT', 'LABEL_LOWERING', 'FOREIGN_RECORD', 'NOT_FOUND']);

/** Refusals that the audit keeps: those of a decision, not faults of an input. */
export const isDenial = (error: DomainError): boolean =>
  error instanceof DeniedError || AUDITED.has(error.code) || error.status === 401 || error.status === 403;
