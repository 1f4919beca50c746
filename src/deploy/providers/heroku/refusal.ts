import type { UserError } from '../../../base/errors';
import type { Place } from '../../account';
import { noSuchApp } from '../../errors';
import { notTheApi, serverRefused, tokenRefused } from '../../errors/api';
import { needsCode, notYourApp, serverFailed, tooManyCalls } from '../../errors/heroku';
import type { Answer, ApiCall } from '../api';
import { readProblem } from './wire';

/** The error that a refusal means; with the name of the request, by which Heroku's support finds it. */
export function refusalOf(place: Place, call: ApiCall, answer: Answer): UserError {
  const { origin, environment } = place;
  const { status, text } = answer;
  const problem = readProblem(text);
  const request = answer.headers?.['request-id'];
  const trail = request === undefined || !/^[\w,. -]{1,200}$/.test(request) ? '' : `, request ${request}`;
  if (status >= 500) return serverFailed(origin, call.what, `it answered ${status}${trail}`);
  if (status === 429) return tooManyCalls(origin, call.what);
  if (!problem) return notTheApi(origin, status);
  const why = `${problem.message.replace(/\.$/, '') || `it answered ${status}`}${trail}`;
  if (status === 401) return tokenRefused(environment, origin, why);
  if (problem.id === 'two_factor') return needsCode(origin, call.what);
  const app = /^\/apps\/([^/]+)/.exec(call.path)?.[1];
  if (problem.id === 'not_found' && app !== undefined && /app/i.test(problem.message)) return noSuchApp(app);
  if (status === 403 && problem.id === 'forbidden' && app !== undefined) return notYourApp(app, why);
  return serverRefused(origin, call.what, why);
}

const unclear = new Set(['deploy/connection-lost', 'deploy/no-answer', 'deploy/server-failed']);

/** Whether nothing can have come of what was asked for. */
export const isCertain = ({ code }: UserError): boolean => !unclear.has(code);
