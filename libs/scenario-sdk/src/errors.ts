/**
 * The one closed list of error codes: noun, fault, no prefix. Each stands with its HTTP status and what it means, so that the
 * list is the manual. Reason codes of a decision come from the authorization guide §2.9 and keep their order there.
 */
export const ERRORS = {
  // who asks
  UNAUTHENTICATED: { status: 401, means: 'no identity, and the procedure is not public' },
  TOKEN_INVALID: { status: 401, means: 'signature, algorithm, issuer, type, exp, nbf or iat of the token is wrong or missing' },
  AUDIENCE: { status: 401, means: 'token or message made for another node or service' },
  TOKEN_BINDING: { status: 401, means: 'the token is bound to a certificate or key that the connection does not prove' },
  SESSION_STATE: { status: 403, means: 'the CSRF check of a signed-in change failed' },
  // what a decision can say
  UNKNOWN_ACTION: { status: 403, means: 'verb not in the closed list' },
  DOWNGRADE: { status: 403, means: 'protocol, policy or crypto suite below the floor, or unknown' },
  REPLAY: { status: 403, means: 'message or request already used, or outside the time window' },
  SECRET_MARKER: { status: 422, means: 'state or work secret: refused at the door' },
  UNLABELLED: { status: 422, means: 'an axis of the label is missing or holds an unknown value' },
  CORE: { status: 403, means: 'core data: nothing may be done with it here' },
  LABEL_FLOOR: { status: 422, means: 'the label lies under its own floors' },
  LABEL_LOWERING: { status: 422, means: 'the label would be lowered, or an output carries less than the join of its inputs' },
  MASS_ASSIGNMENT: { status: 422, means: 'the body names a key the caller may not set there' },
  APPEND_ONLY: { status: 403, means: 'audit cannot be changed or erased by anybody' },
  QUARANTINE: { status: 422, means: 'a received message holds more than its tier; the whole message is set aside' },
  SUBJECT_STATE: { status: 403, means: 'account or organisation suspended, unverified or lapsed' },
  CROSS_NODE: { status: 403, means: 'record, credential and node do not belong together' },
  CLEARANCE: { status: 403, means: 'clearance on an axis lies below the label' },
  STEP_UP: { status: 403, means: 'a stronger or fresher sign-in is needed' },
  TRAINING: { status: 403, means: 'training missing or past its valid-until date' },
  ROLE: { status: 403, means: 'this subject does not have this action, or not in this scope' },
  NOT_FOUND: { status: 404, means: 'there is no such thing, or the caller may not learn that there is' },
  NOT_OPEN: { status: 403, means: 'known to exist, but the open axis stops this part' },
  SHARE_PROHIBITED: { status: 403, means: 'share N: nobody beyond the owner department' },
  NOT_GRANTABLE: { status: 403, means: 'no grant can give this to this kind of subject' },
  NEEDS_GRANT: { status: 403, means: 'a grant could allow it; none fits' },
  NO_PROJECTION: { status: 403, means: 'this audience gets nothing at this label' },
  MANUAL_JOINT_RELEASE: { status: 403, means: 'IMP leaves only by a manual, joint act' },
  POLICY_ERROR: { status: 403, means: 'an exception or timeout inside a policy layer' },
  AUDIT_UNAVAILABLE: { status: 503, means: 'the audit record cannot be made durable first' },
  UNKNOWN_OBLIGATION: { status: 403, means: 'an obligation nobody here can carry out' },
  // what is asked
  INPUT_INVALID: { status: 422, means: 'a field of the body or query is wrong; errors[] names each' },
  FIELD_UNKNOWN: { status: 422, means: 'a field that this procedure does not have' },
  FIELD_MISSING: { status: 422, means: 'a field that this step needs' },
  BODY_MALFORMED: { status: 400, means: 'the body is no JSON' },
  BODY_TOO_LARGE: { status: 413, means: 'the body is larger than the limit' },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, means: 'the body is not of a type this route takes' },
  ROUTE_UNKNOWN: { status: 404, means: 'no such address' },
  VALUE_MASKED: { status: 422, means: 'a value that was shown masked (***) would be stored in place of the true one' },
  FORBIDDEN_KEY: { status: 400, means: '__proto__, constructor or prototype as a key' },
  CURSOR_INVALID: { status: 422, means: 'the paging cursor was not made by this list' },
  IDEMPOTENCY_CONFLICT: { status: 409, means: 'the Idempotency-Key was used with another body' },
  // records and organisations
  DOMAIN_UNKNOWN: { status: 422, means: 'no domain of the plan has this code' },
  TERM_UNKNOWN: { status: 422, means: 'no scenario type of the plan has this code' },
  TERM_FOREIGN: { status: 422, means: 'a scenario type outside the domains named' },
  REGION_UNKNOWN: { status: 422, means: 'no region of GB/T 2260 has this code, or it lies outside this node' },
  USCC_INVALID: { status: 422, means: 'the unified social credit code fails shape or check digit (GB 32100-2015)' },
  ORGANISATION_UNKNOWN: { status: 422, means: 'no organisation with this code at this node' },
  ORGANISATION_EXISTS: { status: 409, means: 'an organisation with this code is there already' },
  STAGE_CONFLICT: { status: 409, means: 'the verb is not a move from the present stage' },
  REV_CONFLICT: { status: 409, means: 'the record changed since the revision named' },
  FOREIGN_RECORD: { status: 409, means: 'the record belongs to another node; ask its home node' },
  REASON_MISSING: { status: 422, means: 'this verb needs a reason with code and text' },
  KIND_FROZEN: { status: 422, means: 'the scenario kind is frozen at first publication' },
  RECORD_GONE: { status: 410, means: 'the record was withdrawn; its tombstone stays' },
  RULE_VIOLATED: { status: 422, means: 'a rule of the domain blocks this step' },
  RECORD_UNCHECKED: { status: 409, means: 'the domain check could not be done; saved, but the record cannot advance' },
  NOTHING_VISIBLE: { status: 409, means: 'with this label no view would see the record, so publishing would do nothing' },
  // plug-ins
  MANIFEST_INVALID: { status: 500, means: 'the plug-in does not describe itself properly' },
  LABEL_MISSING: { status: 500, means: 'an attribute without a label' },
  LENS_GAP: { status: 500, means: 'a schema number without a step from the one before' },
  CONTRACT_TOO_OLD: { status: 500, means: 'the plug-in speaks a contract the host no longer serves' },
  CONTRACT_TOO_NEW: { status: 500, means: 'the plug-in speaks a contract the host does not know yet' },
  ATTRIBUTE_INVALID: { status: 422, means: 'an attribute is not what the domain schema says' },
  ATTRIBUTE_TOO_LARGE: { status: 422, means: 'an attribute is larger than the limit' },
  DESCRIPTOR_CONFLICT: { status: 500, means: 'two descriptors with one number and different digests' },
  PLUGIN_UNAVAILABLE: { status: 503, means: 'the plug-in failed or timed out' },
  // federation
  REQUEST_UNSIGNED: { status: 404, means: 'a federation request without a valid signature of a registered node; answered as if absent' },
  SIGNATURE_INVALID: { status: 422, means: 'an event or page whose signature does not verify' },
  SOURCE_MISMATCH: { status: 422, means: 'source, view, epoch or sequence inside the event differ from where it came from' },
  SEQUENCE_GAP: { status: 409, means: 'the first event is not the one after the cursor' },
  EQUIVOCATION: { status: 409, means: 'another event under a sequence number already held' },
  CHAIN_BROKEN: { status: 422, means: 'the event does not follow the one before' },
  EVENT_MALFORMED: { status: 422, means: 'the event is not an envelope of this wire generation' },
  EVENT_TOO_LARGE: { status: 413, means: 'the event exceeds 256 KiB' },
  TIER_EXCEEDED: { status: 422, means: 'a path of the event lies above the tier of its view' },
  GUARD_BLOCKED: { status: 500, means: 'the egress guard stopped a document; the intent is kept' },
  REGISTRY_INVALID: { status: 422, means: 'the registry is not signed by the province, or older than the one held' },
  REGISTRY_EXISTS: { status: 409, means: 'the registry is made once; this node has one' },
  INVITATION_INVALID: { status: 403, means: 'the invitation is unknown, used or expired' },
  BROKER_UNAVAILABLE: { status: 503, means: 'no broker answers in time, or it refuses this node' },
  TOPIC_MISSING: { status: 503, means: 'the brokers have no topic for this feed, or do not let this node use it' },
  // running a node
  CONFIG_INVALID: { status: 500, means: 'the configuration has faults; each is listed with its place' },
  MIGRATION_FAILED: { status: 500, means: 'a migration failed and was rolled back; its cause stands in the message' },
  DATABASE_START: { status: 500, means: 'the embedded PostgreSQL did not start; its last lines stand in the message' },
  DATA_FOLDER_TAKEN: { status: 500, means: 'another process runs PostgreSQL on the same data folder' },
  MIGRATION_HISTORY: { status: 500, means: 'the database was migrated by other files than these' },
  DATABASE_ROLE: { status: 500, means: 'a database login has rights it must not have, or lacks one it needs' },
  DATABASE_OWNER: { status: 500, means: 'the database belongs to another node' },
  PORT_TAKEN: { status: 500, means: 'another process listens on the port' },
  PROGRAM_MISSING: { status: 500, means: 'this machine lacks a program that a local server needs, or has too old a one' },
  ARTIFACT_MISSING: { status: 500, means: 'Maven did not bring the files of a local server' },
  SERVER_START: { status: 500, means: 'a local server did not get ready; its last lines stand in the message' },
  SERVER_STALE: { status: 500, means: 'a server of a run that was killed still works in the folder' },
  UPSTREAM_UNAVAILABLE: { status: 503, means: 'a process of this node that the call needs does not answer' },
  INTERNAL: { status: 500, means: 'a fault on our side; the log has the cause under the trace number' },
} as const satisfies Record<string, { status: number; means: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** One fault of an input: `pointer` is an RFC 6901 JSON pointer into the body, or `?name` for a query parameter. */
export interface Issue {
  pointer: string;
  code: ErrorCode;
  message: string;
  remedy: string;
}

/** The named error that verbs throw; translated to tRPC and to problem details (RFC 9457) once, in the services kernel. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly issues: readonly Issue[];
  readonly details: Readonly<Record<string, unknown>>;
  constructor(
    code: ErrorCode,
    message: string,
    more: { remedy?: string; issues?: readonly Issue[]; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'DomainError';
    this.code = code;
    this.remedy = more.remedy ?? '';
    this.issues = more.issues ?? [];
    this.details = more.details ?? {};
  }
  get status(): number {
    return ERRORS[this.code].status;
  }
}
