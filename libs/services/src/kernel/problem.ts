import { TRPCError } from '@trpc/server';
import { httpFaultOf } from '@xiangjing/platform';
import { DomainError, ERRORS, inChinese, z, type ErrorCode, type Issue } from '@xiangjing/scenario-sdk';
import { inputError, issuesOf } from './input.ts';

/** Problem details of RFC 9457 with a stable code. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  remedy: string;
  instance?: string;
  traceId: string;
  errors: Issue[];
  /** More that this code says, such as the present revision. */
  details?: Record<string, unknown>;
}

/**
 * The one place where an error becomes what a caller sees, in Chinese whoever threw it. An unknown error loses its text here; the log
 * keeps its cause.
 * NOT_FOUND has the same bytes whatever was asked for: neither address nor trace number.
 */
export function problemOf(error: unknown, at: { traceId: string; instance?: string }): Problem {
  const known = nameError(error);
  const absent = known.code === 'NOT_FOUND';
  const { message, remedy, detail } = inChinese(known);
  return {
    type: `urn:xiangjing:problem:${known.code}`,
    title: ERRORS[known.code].means,
    status: known.status,
    detail: detail === '' ? message : `${message}（${detail}）`,
    code: known.code,
    remedy,
    ...(at.instance === undefined || absent ? {} : { instance: at.instance }),
    traceId: absent ? '' : at.traceId,
    errors: [...known.issues],
    ...(Object.keys(known.details).length === 0 ? {} : { details: known.details }),
  };
}

export const isErrorCode = (code: unknown): code is ErrorCode => typeof code === 'string' && Object.hasOwn(ERRORS, code);

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && isErrorCode((value as Problem).code) && Array.isArray((value as Problem).errors);
}

/** Any error as the named one that it is or stands for. */
export const nameError = (error: unknown): DomainError =>
  named(error) ?? new DomainError('INTERNAL', '系统内部出错', { remedy: '请稍后再试；再次出现时把追踪号告诉运维员', cause: error });

function named(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  if (error instanceof z.ZodError) return inputError(issuesOf(error));
  if (error instanceof TRPCError)
    return named(error.cause) ?? (error.code in TRPC_CODES ? new DomainError(...TRPC_CODES[error.code]!) : undefined);
  const fault = httpFaultOf(error);
  if (isDatabaseAway(error))
    return new DomainError('UPSTREAM_UNAVAILABLE', '数据库暂时没有应答', { remedy: '稍后再试；运维员请查看数据库', cause: error });
  if (!fault || !isErrorCode(fault.code)) return codedError(error);
  const { code, detail, remedy, pointer } = fault;
  return new DomainError(code, detail, {
    remedy,
    issues: pointer === undefined ? [] : [{ pointer, code, message: detail, remedy }],
    cause: error,
  });
}

const TRPC_CODES: Partial<Record<TRPCError['code'], [ErrorCode, string, { remedy: string }]>> = {
  NOT_FOUND: ['ROUTE_UNKNOWN', '没有这个地址', { remedy: '接口文档见 /api/openapi.json' }],
  METHOD_NOT_SUPPORTED: ['ROUTE_UNKNOWN', '这个地址不接受这种请求方法', { remedy: '接口文档见 /api/openapi.json' }],
  PARSE_ERROR: ['BODY_MALFORMED', '请求正文不是 JSON', { remedy: '按接口文档发送 JSON' }],
  BAD_REQUEST: ['BODY_MALFORMED', '请求不合格式', { remedy: '按接口文档发送请求' }],
  PAYLOAD_TOO_LARGE: ['BODY_TOO_LARGE', '请求正文超过上限', { remedy: '减小正文' }],
  UNSUPPORTED_MEDIA_TYPE: ['MEDIA_TYPE_UNSUPPORTED', '不接受这种内容类型', { remedy: '用 application/json' }],
};

/** Errors of libs below that carry a code of the closed list, such as a refused token. */
function codedError(error: unknown): DomainError | undefined {
  if (!(error instanceof Error) || !('code' in error) || !isErrorCode(error.code)) return undefined;
  const remedy = 'remedy' in error && typeof error.remedy === 'string' ? error.remedy : '';
  return new DomainError(error.code, error.message, { remedy, cause: error });
}

/** Codes of the database client for a server that cannot be reached, closed the connection, or has none left. */
const AWAY = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'ECONNREFUSED', 'ECONNRESET']);
const isDatabaseAway = (error: unknown): boolean => error instanceof Error && 'code' in error && AWAY.has(String(error.code));
