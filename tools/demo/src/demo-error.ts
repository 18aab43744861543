/** A fault that a person can mend: what happened, and what to type next. */
export class DemoError extends Error {
  readonly remedy: string;
  constructor(message: string, remedy: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DemoError';
    this.remedy = remedy;
  }
}
