import { UserError } from '../../base/errors';

/** A refusal, in the form of the Platform API: `id` is for programs, `message` for people. */
export interface Problem {
  readonly status: number;
  readonly id: string;
  readonly message: string;
  /** What Heroku has no place for: the code of the error, the lines that explain it, and what to do next. */
  readonly servicewright?: {
    readonly code: string;
    readonly lines: readonly string[];
    readonly fix?: UserError['fix'];
  };
}

const meanings: Readonly<Record<string, readonly [status: number, id: string]>> = {
  'embedded/bad-json': [400, 'bad_request'],
  'embedded/bad-range': [416, 'bad_range'],
  'embedded/too-large': [413, 'request_too_large'],
  'embedded/deploy-running': [409, 'conflict'],
  'embedded/too-late': [409, 'conflict'],
  'embedded/never-deployed': [409, 'conflict'],
  'embedded/no-such-app': [404, 'not_found'],
  'embedded/no-such-deploy': [404, 'not_found'],
  'embedded/not-found': [404, 'not_found'],
};

export function problemOf(error: unknown): Problem {
  if (!(error instanceof UserError))
    return {
      status: 500,
      id: 'internal_server_error',
      message: error instanceof Error ? error.message : String(error),
    };
  const { code, message, lines, fix } = error;
  const [status, id] = meanings[code] ?? [422, 'invalid_params'];
  return { status, id, message, servicewright: { code, lines, ...(fix ? { fix } : {}) } };
}

export const problem = (status: number, id: string, message: string): Problem => ({ status, id, message });
