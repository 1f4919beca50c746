/** What a person can do about an error, as data; each host renders it (a button in VS Code, a `hint:` line in the CLI). */
export type Fix =
  | {
      readonly kind: 'command';
      readonly label: string;
      readonly command: string;
      readonly args?: readonly unknown[];
    }
  | { readonly kind: 'setting'; readonly label: string; readonly setting: string }
  | { readonly kind: 'file'; readonly label: string; readonly path: string; readonly line?: number }
  | { readonly kind: 'url'; readonly label: string; readonly url: string }
  | { readonly kind: 'hint'; readonly label: string };

/** The room that raises an error; the first half of every error code. */
export type Room = 'base' | 'cli' | 'scaffold' | 'guidelines' | 'tasks' | 'services' | 'deploy' | 'embedded';

/** `<room>/<what>`, stable across releases so that scripts can test for it. */
export type ErrorCode = `${Room}/${string}`;

export interface UserErrorOptions {
  readonly fix?: Fix;
  /** Lines that explain the error (a build log's tail, a traceback), shown under the message. */
  readonly lines?: readonly string[];
  readonly cause?: unknown;
}

/**
 * An error whose message is written for the person who sees it. Anything else that reaches a host is a bug of ours.
 * The message is one sentence that names the thing and says what to do next, and ends with a full stop.
 */
export class UserError extends Error {
  readonly code: ErrorCode;
  readonly fix: Fix | undefined;
  readonly lines: readonly string[];

  constructor(code: ErrorCode, message: string, options: UserErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'UserError';
    this.code = code;
    this.fix = options.fix;
    this.lines = options.lines ?? [];
  }
}

/** Whether `error` means that the person or the host cancelled; hosts stay silent about it. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** The text of anything thrown, for logs and for messages that add context. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The system error code (`ENOENT`, `EACCES`, `ENOSPC`, …) of a thrown value, if it has one. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
