import type { UserError } from '../../../base/errors';
import type { Place } from '../../account';
import { noSuchApp } from '../../errors';
import { notTheApi, serverRefused, tokenRefused } from '../../errors/api';
import { needsCode, notYourApp, serverFailed, tooManyCalls } from '../../errors/heroku';
import type { Answer, ApiCall } from '../api';
import type { Problem } from './wire';
import { readProblem } from './wire';

/** The error that a refusal means; with the name of the request, by which Heroku's support finds it. */
export function refusalOf(place: Place, call: ApiCall, answer: Answer): UserError {
  const { origin } = place;
  const { status } = answer;
  if (status >= 500) return serverFailed(origin, call.what, `it answered ${status}${trailOf(answer)}`);
  if (status === 429) return tooManyCalls(origin, call.what);
  const problem = readProblem(answer.text);
  if (!problem) return notTheApi(origin, status);
  const why = problem.message.replace(/\.$/, '') || `it answered ${status}`;
  return meaningOf(place, call, { status, problem, why: why + trailOf(answer) });
}

function trailOf({ headers }: Answer): string {
  const request = headers?.['request-id'];
  return request === undefined || !/^[\w,. -]{1,200}$/.test(request) ? '' : `, request ${request}`;
}

interface Meant {
  readonly status: number;
  readonly problem: Problem;
  readonly why: string;
}

function meaningOf(
  { origin, environment }: Place,
  call: ApiCall,
  { status, problem, why }: Meant,
): UserError {
  const { id, message } = problem;
  if (status === 401) return tokenRefused(environment, origin, why);
  if (id === 'two_factor') return needsCode(origin, call.what);
  const app = /^\/apps\/([^/]+)/.exec(call.path)?.[1];
  if (app !== undefined && id === 'not_found' && /app/i.test(message)) return noSuchApp(app);
  if (app !== undefined && id === 'forbidden') return notYourApp(app, why);
  return serverRefused(origin, call.what, why);
}

const unclear = new Set(['deploy/connection-lost', 'deploy/no-answer', 'deploy/server-failed']);

/** Whether nothing can have come of what was asked for. */
export const isCertain = ({ code }: UserError): boolean => !unclear.has(code);
