import { UserError } from '../../../base/errors';
import type { Place } from '../../account';
import { noSuchApp } from '../../errors';
import { notTheApi, serverRefused, tokenRefused } from '../../errors/api';
import { needsCode, notYourApp, serverFailed, tooManyCalls } from '../../errors/heroku';
import type { Answer, ApiCall } from '../api';
import type { Problem } from './wire';
import { readProblem } from './wire';

/** The error that a refusal means; with the name of the request, by which Heroku's support finds it. */
export function refusalOf(from: From, call: ApiCall, answer: Answer): UserError {
  const { where } = from;
  const { status } = answer;
  if (status >= 500) return serverFailed(where, call.what, `it answered ${status}${trailOf(answer)}`);
  if (status === 429) return tooManyCalls(where, call.what);
  const problem = readProblem(answer.text);
  if (!problem) return notTheApi(where, status);
  const why = problem.message.replace(/\.$/, '') || `it answered ${status}`;
  return meaningOf(from, call, { status, problem, why: why + (problem.own ? '' : trailOf(answer)) });
}

/** Who refused, and how it is named in messages. */
interface From {
  readonly where: string;
  readonly place: Place;
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
  { where, place: { environment } }: From,
  call: ApiCall,
  { status, problem, why }: Meant,
): UserError {
  const { id, message, own } = problem;
  if (status === 401) return tokenRefused(environment, where, why);
  if (id === 'two_factor') return needsCode(where, call.what);
  if (own?.code === 'embedded/no-such-process') return new UserError('deploy/no-such-process', message);
  const app = /^\/apps\/([^/]+)/.exec(call.path)?.[1];
  if (app !== undefined && id === 'not_found' && /app/i.test(message)) return noSuchApp(app);
  if (app !== undefined && id === 'forbidden') return notYourApp(app, why);
  return serverRefused(where, call.what, why, own);
}

const unclear = new Set(['deploy/connection-lost', 'deploy/no-answer', 'deploy/server-failed']);

/** Whether nothing can have come of what was asked for. */
export const isCertain = ({ code }: UserError): boolean => !unclear.has(code);
