/** RFC 9457 problem details, as every face of the node answers them. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  remedy: string;
  instance?: string;
  traceId: string;
  errors: { pointer: string; code: string; message: string; remedy: string }[];
}

/** A fault of the HTTP exchange itself, before any procedure runs. */
export interface HttpFault {
  status: number;
  code: string;
  detail: string;
  remedy: string;
  /** JSON pointer into the body, where there is one. */
  pointer?: string;
}

/** Thrown by our own parser; the framework's errors are read by `httpFaultOf`. */
export class HttpFaultError extends Error {
  readonly fault: HttpFault;
  readonly code: string;
  readonly remedy: string;
  readonly statusCode: number;
  constructor(fault: HttpFault) {
    super(fault.detail);
    this.name = 'HttpFaultError';
    this.fault = fault;
    this.code = fault.code;
    this.remedy = fault.remedy;
    this.statusCode = fault.status;
  }
}

const TOO_LARGE = { status: 413, code: 'BODY_TOO_LARGE', detail: '请求正文超过上限。', remedy: '减少内容，或分几次提交。' };
const MEDIA_TYPE = {
  status: 415,
  code: 'MEDIA_TYPE_UNSUPPORTED',
  detail: '这个地址不接受这种正文类型。',
  remedy: '以 application/json 发送。',
};
const MALFORMED = { status: 400, code: 'BODY_MALFORMED', detail: '正文不是合法的 JSON。', remedy: '检查引号、逗号和编码（UTF-8）。' };
const FAULTS: Record<string, HttpFault> = {
  FST_ERR_CTP_BODY_TOO_LARGE: TOO_LARGE,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: MEDIA_TYPE,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { ...MALFORMED, detail: '正文长度与 Content-Length 不符。', remedy: '重新发送完整的正文。' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { ...MALFORMED, detail: '正文为空。' },
  FST_ERR_CTP_INVALID_JSON_BODY: MALFORMED,
  FST_ERR_BAD_URL: { status: 400, code: 'ROUTE_UNKNOWN', detail: '地址的百分号编码有误。', remedy: '检查地址。' },
  FST_ERR_MAX_PARAM_LENGTH: { status: 414, code: 'ROUTE_UNKNOWN', detail: '地址的一段太长。', remedy: '检查地址。' },
};

/** The framework's own fault as code, status and texts; undefined for any other error. */
export function httpFaultOf(error: unknown): HttpFault | undefined {
  if (error instanceof HttpFaultError) return error.fault;
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && Object.hasOwn(FAULTS, code) ? FAULTS[code] : undefined;
}

export const ROUTE_UNKNOWN: HttpFault = {
  status: 404,
  code: 'ROUTE_UNKNOWN',
  detail: '没有这个地址。',
  remedy: '检查路径和方法；接口清单见 /api/openapi.json。',
};

export function problemOfFault(fault: HttpFault, at: { traceId: string; instance: string }): Problem {
  const { status, code, detail, remedy, pointer } = fault;
  const errors = pointer === undefined ? [] : [{ pointer, code, message: detail, remedy }];
  return {
    type: `urn:xiangjing:error:${code}`,
    title: code,
    status,
    detail,
    code,
    remedy,
    instance: at.instance,
    traceId: at.traceId,
    errors,
  };
}

/** What a server without a mapping of its own answers: HTTP faults and named errors as they say, anything else as INTERNAL without its text. */
export function defaultProblemOf(error: unknown, at: { traceId: string; instance: string }): Problem {
  const fault = httpFaultOf(error);
  if (fault) return problemOfFault(fault, at);
  const { code, status, message, remedy } = error as { code?: unknown; status?: unknown; message?: unknown; remedy?: unknown };
  const isNamed = typeof code === 'string' && typeof remedy === 'string' && typeof status === 'number' && status >= 400 && status < 500;
  const named = isNamed && { status, code, detail: String(message), remedy };
  const internal = {
    status: 500,
    code: 'INTERNAL',
    detail: '服务内部出错。',
    remedy: `请稍后再试；仍然出错时把跟踪号 ${at.traceId} 告诉管理员。`,
  };
  return problemOfFault(named || internal, at);
}
