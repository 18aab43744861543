import type { ErrorCode } from './errors.ts';

/**
 * What a person is told of each code: what happened, and what to do. Whoever throws may say it better, in Chinese; what is thrown in
 * English is for logs and developers, and reaches a page or a terminal behind these words (`inChinese`).
 */
export const ERROR_TEXTS = {
  // who asks
  UNAUTHENTICATED: ['请先登录', '登录，或带上令牌再试'],
  TOKEN_INVALID: ['登录凭证无效或已过期', '重新登录；一直不行请节点管理员核对身份服务的领域和声明'],
  AUDIENCE: ['凭证是给别的节点或服务的', '向本节点的身份服务取凭证'],
  TOKEN_BINDING: ['凭证绑定了这条连接没有的证书或密钥', '向身份服务取没有绑定的令牌'],
  SESSION_STATE: ['页面的登录状态对不上', '刷新页面后再试'],
  // what a decision can say
  UNKNOWN_ACTION: ['没有这项操作', '接口文档见 /api/openapi.json'],
  DOWNGRADE: ['协议、策略或密码套件低于下限', '升级到双方都支持的版本'],
  REPLAY: ['请求已用过，或时间差得太多', '核对两边的时钟（校时服务）；陌生来源不用处理'],
  SECRET_MARKER: ['含国家秘密或工作秘密标志，不能录入', '不要录入，按保密规定处理'],
  UNLABELLED: ['标签缺一项或取值未知', '给出完整标签'],
  CORE: ['核心数据不在本平台处理', '不要录入'],
  LABEL_FLOOR: ['标签低于自身各项的底线', '按底线提高相应的项'],
  LABEL_LOWERING: ['定级只升不降', '给出不低于现有标签的完整标签'],
  MASS_ASSIGNMENT: ['提交了不能在这里设的字段', '去掉这个字段'],
  APPEND_ONLY: ['审计记录不能改也不能删', '另写一条更正'],
  QUARANTINE: ['收到的内容超出它的分级，整条已隔离', '请来源节点按当前分级重新发布'],
  SUBJECT_STATE: ['账号或单位没有核验，或已停用', '请统筹协调员核验单位'],
  CROSS_NODE: ['这是其他节点的记录或通道，本节点只有收到的内容', '到归属节点办理'],
  CLEARANCE: ['您的涉密许可低于这条记录的分级', '请节点管理员核定许可'],
  STEP_UP: ['这项操作需要更强的登录', '用更强的方式重新登录后再试'],
  TRAINING: ['保密培训没有做或已过期', '完成培训后再试'],
  ROLE: ['您的角色或其范围不包括这项操作', '请有这个角色、且范围包括这条记录的人办理'],
  NOT_FOUND: ['没有找到', '核对编号；如果应当有，请登录后再看'],
  NOT_OPEN: ['这部分不向社会开放', '企业核验并登录后可见更多'],
  SHARE_PROHIBITED: ['这条记录不予共享', '请与归属单位联系'],
  NOT_GRANTABLE: ['这部分不能授权给这类用户', '请与归属单位联系'],
  NEEDS_GRANT: ['这部分要有授权才能看', '向归属单位提出授权申请'],
  NO_PROJECTION: ['按这个分级，对方什么也得不到', '核对记录的标签'],
  MANUAL_JOINT_RELEASE: ['重要数据只能由多人当面会签放行', '按线下流程办理'],
  POLICY_ERROR: ['权限判断出错，已按不允许处理', '稍后再试；再次出现请告诉运维员'],
  AUDIT_UNAVAILABLE: ['审计记录写不下来，操作没有进行', '稍后再试；运维员请检查数据库'],
  UNKNOWN_OBLIGATION: ['授权附带的义务这里做不到', '请授权方改用本节点支持的义务'],
  // what is asked
  INPUT_INVALID: ['提交的内容有不对的地方', '按所指的字段改正'],
  FIELD_UNKNOWN: ['有不认识的字段', '去掉它，或按接口文档改名'],
  FIELD_MISSING: ['缺一个这一步要有的字段', '补上它'],
  BODY_MALFORMED: ['提交的内容不是 JSON', '按接口文档发送 UTF-8 的 JSON'],
  BODY_TOO_LARGE: ['提交的内容超过上限', '减小内容'],
  MEDIA_TYPE_UNSUPPORTED: ['不接受这种内容类型', '用 application/json'],
  ROUTE_UNKNOWN: ['没有这个地址', '接口文档见 /api/openapi.json'],
  VALUE_MASKED: ['打码显示的值（***）不能存回去', '重新填写真实的值，或不提交这个字段'],
  FORBIDDEN_KEY: ['含不允许的键', '去掉这个键'],
  CURSOR_INVALID: ['翻页标记不是这个清单给的', '从第一页重新开始'],
  IDEMPOTENCY_CONFLICT: ['这个 Idempotency-Key 已经用于另一份内容', '内容不同就换一个新的 Idempotency-Key'],
  // records and organisations
  DOMAIN_UNKNOWN: ['没有这个领域代码', '从 14 个领域里选'],
  TERM_UNKNOWN: ['没有这个场景类型代码', '从行动方案的场景类型里选'],
  TERM_FOREIGN: ['场景类型不属于所选的领域', '换一个类型，或加上它的领域'],
  REGION_UNKNOWN: ['没有这个行政区划代码，或不在本节点范围', '核对区划代码'],
  USCC_INVALID: ['统一社会信用代码不对', '对照证照核对 18 位代码'],
  ORGANISATION_UNKNOWN: ['本节点没有这个单位', '先登记单位'],
  ORGANISATION_EXISTS: ['这个单位已经登记过', '直接用已有的'],
  STAGE_CONFLICT: ['现在的阶段不能做这一步', '刷新看当前阶段；节点之间的比对会自动重来'],
  REV_CONFLICT: ['记录已被别人改过', '刷新后在新版本上再改'],
  FOREIGN_RECORD: ['记录属于其他节点，只有归属节点能修改', '到归属节点办理，或请归属节点修改'],
  REASON_MISSING: ['这一步要写理由', '选理由代码并写明'],
  KIND_FROZEN: ['首次发布后不能再改场景类别', '需要改类别的另建一条'],
  RECORD_GONE: ['记录已撤回', '在清单里查找同类记录'],
  RULE_VIOLATED: ['不合本领域的规则', '按提示改正'],
  RECORD_UNCHECKED: ['领域检查没有做成，已保存但不能推进', '稍后再试；再次出现请告诉运维员'],
  NOTHING_VISIBLE: ['按现在的标签，发布了也没有人看得到', '核对分级后再发布'],
  // plug-ins
  MANIFEST_INVALID: ['领域插件的自我描述不对', '请插件的开发者按原文改正'],
  LABEL_MISSING: ['领域插件有字段没有标签', '请插件的开发者补上标签'],
  LENS_GAP: ['领域插件缺一步版本转换', '请插件的开发者补上转换'],
  CONTRACT_TOO_OLD: ['领域插件太旧，本版本不再支持', '升级插件'],
  CONTRACT_TOO_NEW: ['领域插件比本节点新', '升级节点，或换旧一些的插件'],
  ATTRIBUTE_INVALID: ['领域字段的值不对', '按字段说明改正'],
  ATTRIBUTE_TOO_LARGE: ['领域字段的值超过上限', '减小内容'],
  DESCRIPTOR_CONFLICT: ['同一版本号有两份不同的插件描述', '核对各节点装的是不是同一个插件'],
  PLUGIN_UNAVAILABLE: ['领域插件出错或超时', '稍后再试；再次出现请告诉运维员'],
  // federation
  REQUEST_UNSIGNED: ['请求没有联邦节点的有效签名，没有受理', '是兄弟节点的，核对它是否已入网、密钥是不是自己的；陌生来源不用处理'],
  SIGNATURE_INVALID: [
    '签名核验不过，没有收下',
    '与来源节点的运维员核对节点名册里的公钥；在省节点用 xiangjing federation topics --plan 看还有谁能写主题',
  ],
  SOURCE_MISMATCH: ['自报的来源、视图或序号与实际不符，没有收下', '请来源节点的运维员查是哪个程序写的，其他通道不受影响'],
  SEQUENCE_GAP: ['不是接着的下一条，没有收下', '发送方会从缺的地方续发，不用处理；一直出现就与来源节点的运维员核对'],
  EQUIVOCATION: ['同一序号有两份不同的内容', '多半是用旧备份恢复，或两处用了同一把密钥：先停下，与对方运维员核对哪一份是对的'],
  CHAIN_BROKEN: ['与前一条接不上，没有收下', '与来源节点的运维员核对，是否有第二个节点或旧备份在用它的密钥；其他通道不受影响'],
  EVENT_MALFORMED: ['内容不合约定的格式，没有收下', '核对两边的版本，升级较旧的一边；仍不行请来源节点的运维员查看'],
  EVENT_TOO_LARGE: ['单条内容超过 256 KiB', '请来源节点精简这条记录后重新发布'],
  TIER_EXCEEDED: ['内容高于这条通道允许的分级，整条已隔离', '本节点没有显示其中内容；请来源节点按当前分级重新发布'],
  GUARD_BLOCKED: ['发出前的检查拦下了，没有发出', '核对这条记录的标签和字段；处理好后重启节点，会重新检查并发出'],
  REGISTRY_INVALID: ['节点名册不能用：还没有入网，或不是省里签的新版', '还没入网的先入网；已入网的与省级平台核对根密钥指纹，并看两边版本'],
  REGISTRY_EXISTS: ['本节点已有节点名册，没有新建', '直接邀请市州：xiangjing federation invite'],
  INVITATION_INVALID: ['邀请无效：不完整、已用过、已过期，或不是给本节点的', '复制完整的一行再试；仍不行请省级平台另发一份'],
  BROKER_UNAVAILABLE: [
    'Kafka 没有应答，或不接受本节点',
    '看 Kafka 代理是否在运行、从这里能否连到，核对 federation.kafka 的地址、用户名和口令',
  ],
  TOPIC_MISSING: ['Kafka 上没有要用的主题，或本节点无权用它', '在省节点运行 xiangjing federation topics --apply'],
  // running a node
  CONFIG_INVALID: ['配置或密钥文件有误', '按所指的位置改正；密钥文件只许运行节点的用户读（chmod 600）'],
  MIGRATION_FAILED: ['升级表结构失败，已全部撤回', '按原文的原因处理后再启动'],
  DATABASE_START: ['内置 PostgreSQL 没有启动', '看原文里它自己的最后几行，处理后再启动'],
  DATA_FOLDER_TAKEN: ['另一个 PostgreSQL 正在用这个数据目录', '先停掉原文所指的进程，或换一个目录'],
  MIGRATION_HISTORY: ['数据库的升级记录与本版本的文件不符', '用升级它的那个版本或更新的版本启动；停在一半的先从备份恢复'],
  DATABASE_ROLE: ['数据库登录的权限不对', '用 xiangjing db roles --node <代码> --print 生成的五个登录，各填在自己的位置'],
  DATABASE_OWNER: ['这个数据库属于另一个节点', '给本节点另建一个库，或核对 node.adcode'],
  PORT_TAKEN: ['端口已被占用', '停掉占用它的程序，或换一个端口'],
  PROGRAM_MISSING: ['缺一个要用的程序，或版本太旧', '按原文安装'],
  ARTIFACT_MISSING: ['Maven 没有取到服务器的文件', '检查到 Maven 仓库的网络后再试'],
  SERVER_START: ['本机的服务器没有启动', '看原文里它自己的最后几行，处理后再启动'],
  SERVER_STALE: ['上次没有停净的服务器还在用这个目录', '先停掉原文所指的进程'],
  UPSTREAM_UNAVAILABLE: ['对方没有应答，或答的不是约定的内容', '会自动再试，数据不丢；一直不行就看对方是否在运行，查网络、代理和防火墙'],
  INTERNAL: ['系统内部出错', '请稍后再试；再次出现时把追踪号告诉运维员'],
} as const satisfies Record<ErrorCode, readonly [what: string, remedy: string]>;

const UNKNOWN = ['本版本不认识这种错误', '对方可能更新：按原文处理，或升级本节点'] as const;

export interface ThrownText {
  code: string;
  message: string;
  remedy?: string;
}
/** The same for a person. */
export interface ToldText {
  message: string;
  remedy: string;
  /** What was said in English: facts for whoever looks deeper. Empty where all was said in Chinese. */
  detail: string;
}

/** Written for a person here: has a Chinese character in it. */
export const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** The command that the English names is the same in any language. */
function withCommand(todo: string, remedy: string): string {
  const command = /xiangjing federation [a-z]+(?: --[a-z]+)?/.exec(remedy)?.[0];
  return command === undefined || todo.includes(command) ? todo : `${todo}；命令：${command}`;
}

/**
 * What was thrown, for a person to read: Chinese stays as it is, English goes behind the words of its code.
 *
 * @example
 * inChinese({ code: 'REGISTRY_INVALID', message: 'this node has not joined', remedy: 'xiangjing federation join' });
 * // message: '节点名册不能用：…', remedy: '还没入网的先入网…；命令：xiangjing federation join',
 * // detail: 'this node has not joined; xiangjing federation join'
 */
export function inChinese({ code, message, remedy = '' }: ThrownText): ToldText {
  const [what, todo] = Object.hasOwn(ERROR_TEXTS, code) ? ERROR_TEXTS[code as ErrorCode] : UNKNOWN;
  const isTold = isChinese(message);
  return {
    message: isTold ? message : what,
    remedy: isChinese(remedy) || (isTold && remedy === '') ? remedy : withCommand(todo, remedy),
    detail: [message, remedy].filter((text) => text !== '' && !isChinese(text)).join('; '),
  };
}
