import { Secret, base64, redact } from '../../../base/secret';
import type { UserError } from '../../../base/errors';
import type { Account, Place, SignIn, SignInStep, SignInWay } from '../../account';
import { notTheApi, signInRefused } from '../../errors/api';
import { passwordsShut } from '../../errors/heroku';
import type { Answer, ApiCall } from '../api';
import type { HerokuParts } from './client';
import { acceptFor, agent, apiAt, callOf } from './client';
import type { Problem } from './wire';
import { readAccount, readAuthorization, readProblem } from './wire';

const ways: readonly SignInWay[] = [
  {
    id: 'token',
    title: 'API key',
    description: 'as heroku authorizations:create or the page of your account gives it',
    asks: [{ name: 'token', prompt: 'API key', isSecret: true }],
  },
  {
    id: 'password',
    title: 'Email and password',
    description: 'of your Heroku account, with a two-factor code where it wants one',
    asks: [
      { name: 'user', prompt: 'Email', isSecret: false },
      { name: 'password', prompt: 'Password', isSecret: true },
    ],
  },
];

const twoFactor = { name: 'code', prompt: 'Two-factor code', isSecret: true } as const;
/** A month, in seconds. */
const lifetime = 30 * 24 * 3600;

export function createSignIn(parts: HerokuParts, urlOf: (place: Place) => string | undefined): SignIn {
  return {
    ways,
    // A key tells nothing of itself.
    describe: () => ({ name: '' }),
    signIn: (place, way, answers, signal) => {
      const at = { parts, place, url: urlOf(place), signal };
      if (way === 'token') return checkToken(at, answers['token'] ?? new Secret(''));
      return exchange(at, answers);
    },
  };
}

interface At {
  readonly parts: HerokuParts;
  readonly place: Place;
  readonly url: string | undefined;
  readonly signal: AbortSignal;
}

/** A key is good when it may say whose it is. */
async function checkToken(at: At, token: Secret): Promise<SignInStep> {
  const clean = new Secret(token.reveal().trim());
  const call = callOf('take the key', 'GET', '/account');
  const answer = await sendAs(at, `Bearer ${clean.reveal()}`, call, 'ask');
  if (answer.status === 200) {
    const name = readAccount(answer.text);
    if (name === undefined) throw notTheApi(at.place.origin, answer.status);
    return { kind: 'account', account: { token: clean, name } };
  }
  const problem = readProblem(answer.text);
  if (!problem) throw notTheApi(at.place.origin, answer.status);
  throw signInRefused(at.place.origin, redact(problem.message, [clean.reveal()]));
}

/** Email and password for a key of this tool's own. */
async function exchange(at: At, answers: Readonly<Record<string, Secret>>): Promise<SignInStep> {
  const [user = '', password = '', code = ''] = ['user', 'password', 'code'].map(
    (name) => answers[name]?.reveal() ?? '',
  );
  const call = callOf('sign you in', 'POST', '/oauth/authorizations', {
    body: { scope: ['global'], description: 'Servicewright', expires_in: lifetime },
    ...(code === '' ? {} : { headers: { 'heroku-two-factor-code': code } }),
  });
  const answer = await sendAs(at, `Basic ${base64(`${user}:${password}`)}`, call, 'change');
  const account = accountOf(answer, user, at.parts.now());
  if (account) return { kind: 'account', account };
  const problem = readProblem(answer.text);
  if (!problem) throw notTheApi(at.place.origin, answer.status);
  if (problem.id === 'two_factor' && code === '') return { kind: 'ask', ask: twoFactor };
  throw refused(at.place, problem, [password, code, `${user}:${password}`]);
}

function accountOf({ status, text }: Answer, user: string, now: Date): Account | undefined {
  const made = status === 201 || status === 200 ? readAuthorization(text, now) : undefined;
  if (!made) return undefined;
  const { token, name, expiresAt } = made;
  return {
    token: new Secret(token),
    name: name === '' ? user : name,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}

function refused({ origin }: Place, { id, message }: Problem, secrets: readonly string[]): UserError {
  if (id === 'two_factor') return signInRefused(origin, 'the two-factor code is not the right one');
  if (id === 'device_trust_required') return passwordsShut(origin);
  return signInRefused(origin, redact(message, secrets));
}

function sendAs(
  { parts, url, signal }: At,
  authorization: string,
  call: ApiCall,
  how: 'ask' | 'change',
): Promise<Answer> {
  const headers = { accept: acceptFor(), authorization, 'user-agent': agent };
  return apiAt(parts, url, headers)[how](call, signal);
}
