export type ServerErrorCode =
  'ARTIFACT_MISSING' | 'CONFIG_INVALID' | 'DATA_FOLDER_TAKEN' | 'PORT_TAKEN' | 'PROGRAM_MISSING' | 'SERVER_STALE' | 'SERVER_START';

/** What this tool throws. Codes are those of `scenario-sdk`, which it may not import. */
export class LocalServerError extends Error {
  readonly code: ServerErrorCode;
  readonly remedy: string;
  constructor(code: ServerErrorCode, message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'LocalServerError';
    this.code = code;
    this.remedy = remedy;
  }
}
