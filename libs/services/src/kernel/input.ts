import { nearest } from '@xiangjing/platform';
import { AXIS_NAMES, DomainError, pointerTo, z, type ErrorCode, type Issue } from '@xiangjing/scenario-sdk';

/** A verb parses for itself: portal, REST and jobs meet one check. */
export function parse<S extends z.ZodType>(schema: S, raw: unknown): z.output<S> {
  const result = schema.safeParse(raw);
  if (!result.success) throw inputError(issuesOf(result.error, { known: knownKeys(schema) }));
  return result.data;
}

/** All faults of an input as one error: it takes the code of its faults if they agree. */
export function inputError(issues: readonly Issue[]): DomainError {
  const codes = new Set(issues.map((issue) => issue.code));
  const code = codes.size === 1 ? issues[0]!.code : codes.has('MASS_ASSIGNMENT') ? 'MASS_ASSIGNMENT' : 'INPUT_INVALID';
  const first = issues[0];
  const isLong = issues.length > MOST_ISSUES;
  const message =
    issues.length === 1 && first ? first.message : `有 ${issues.length} 处需要修改${isLong ? `，先列出 ${MOST_ISSUES} 处` : ''}`;
  const remedy = first && issues.length === 1 ? first.remedy : '逐条修改 errors 所列之处';
  return new DomainError(code, message, { remedy, issues: issues.slice(0, MOST_ISSUES) });
}
/** Nobody reads more at once, and an answer must not be larger than what it answers. */
const MOST_ISSUES = 100;

export const knownKeys = (schema: z.ZodType): string[] => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []);

/** Keys that only the node or a verb of its own sets; where a body names one elsewhere it is an attempt to set it. */
const RESERVED = new Set<string>([
  ...AXIS_NAMES, 'label', 'fieldLabels', 'labels', 'classified', 'labelVersion',
  'id', 'rev', 'kind', 'stage', 'suspended', 'origin', 'node', 'ownerNode', 'adcode', 'owner', 'ownerUscc', 'ownerName',
  'firstPublishedOn', 'schema', 'unchecked', 'grant', 'grants', 'verbs', 'state', 'verifiedBy', 'verifiedOn',
]); // prettier-ignore
export const isReserved = (key: string): boolean => RESERVED.has(key);

export interface InputShape {
  /** The fields it has. */
  known?: readonly string[];
  /** A question sets nothing, so no name in it is an attempt to. */
  isQuery?: boolean;
}

/** What zod found, as faults with a pointer, a code of the closed list, and what to do. */
export function issuesOf(error: z.ZodError, { known = [], isQuery = false }: InputShape = {}): Issue[] {
  return error.issues.flatMap((issue): Issue[] => {
    const pointer = isQuery ? `?${issue.path.join('.')}` : pointerTo('', issue.path);
    const top = issue.path[0];
    if (issue.code === 'unrecognized_keys')
      return unknownKeys(isQuery ? '?' : pointer, issue.keys, { known: issue.path.length === 0 ? known : [], isQuery });
    if (top === 'label' || top === 'fieldLabels')
      return [
        {
          pointer,
          code: 'UNLABELLED',
          message: '分级标签缺一项或取值未知',
          remedy: '给出完整标签：level、pi、safety、share、open，或全部不给',
        },
      ];
    const missing = issue.code === 'invalid_type' && issue.message.includes('received undefined');
    const code: ErrorCode = missing ? 'FIELD_MISSING' : 'INPUT_INVALID';
    return [{ pointer, code, message: missing ? '缺少这一项' : textOf(issue), remedy: missing ? '补上这一项' : remedyOf(issue) }];
  });
}

const MOST_KEYS = 20;

/**
 * Names that an input does not have: those that are set elsewhere first, each of the first few with the nearest name, the rest as a
 * number. A body can hold a hundred thousand of them, and finding a nearest name takes its time.
 */
export function unknownKeys(at: string, keys: readonly string[], shape: InputShape): Issue[] {
  const placed = (key: string) => (shape.isQuery ? `?${key}` : pointerTo(at, [key]));
  const ordered = [...keys.filter(isReserved), ...keys.filter((key) => !isReserved(key))];
  const told = ordered.slice(0, MOST_KEYS).map((key) => unknownKey(placed(key), key, shape));
  const more = keys.length - told.length;
  if (more === 0) return told;
  return [
    ...told,
    { pointer: at, code: 'FIELD_UNKNOWN', message: `另有 ${more} 个不认识的字段`, remedy: '按接口文档 /api/openapi.json 核对字段名' },
  ];
}

function unknownKey(pointer: string, key: string, { known = [], isQuery = false }: InputShape): Issue {
  if (isReserved(key) && !isQuery)
    return { pointer, code: 'MASS_ASSIGNMENT', message: `“${key}”不能在这里设置`, remedy: `去掉“${key}”；分级、归属和阶段各有专门的操作` };
  const near = nearest(key, known);
  const remedy = near ? `是不是“${near}”？` : known.length > 0 ? `可用的字段：${known.join('、')}` : '去掉它';
  return { pointer, code: 'FIELD_UNKNOWN', message: `没有“${key}”这个字段`, remedy };
}

function textOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `类型不对，应为 ${issue.expected}`;
    case 'too_small':
      return `太短或太小，至少 ${issue.minimum}`;
    case 'too_big':
      return `太长或太大，至多 ${issue.maximum}`;
    case 'invalid_value':
      return `取值不在可选范围：${issue.values.map(String).join('、')}`;
    case 'invalid_format':
      return `格式不对：${issue.message}`;
    default:
      return issue.message;
  }
}
const remedyOf = (issue: z.core.$ZodIssue): string =>
  issue.code === 'invalid_value' ? `取其中之一：${issue.values.map(String).join('、')}` : '按接口文档 /api/openapi.json 修改';
