export type DatabaseErrorCode =
  'DATABASE_OWNER' | 'DATABASE_ROLE' | 'DATABASE_START' | 'DATA_FOLDER_TAKEN' | 'MIGRATION_FAILED' | 'MIGRATION_HISTORY' | 'PORT_TAKEN';

/** What this library throws. Codes are those of `scenario-sdk`, which it may not import. */
export class DatabaseError extends Error {
  readonly code: DatabaseErrorCode;
  readonly remedy: string;
  constructor(code: DatabaseErrorCode, message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DatabaseError';
    this.code = code;
    this.remedy = remedy;
  }
}
