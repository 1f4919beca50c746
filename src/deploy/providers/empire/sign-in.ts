import { Secret } from '../../../base/secret';
import { redact } from '../../../base/secret';
import type { Place, SignIn, SignInStep, SignInWay } from '../../account';
import { signInRefused } from '../../errors/api';
import type { ApiCall } from '../api';
import type { EmpireParts } from './client';
import { apiAt, headersFor, pageOf } from './client';
import { readProblem, readToken, readTokenFacts } from './wire';

/** GitHub shut the passwords that Empire once used, so its token comes first. */
const ways: readonly SignInWay[] = [
  {
    id: 'github',
    title: 'GitHub',
    description: 'with your GitHub account, where the server asks GitHub who you are',
    asks: [{ name: 'token', prompt: 'GitHub token (scope read:org)', isSecret: true }],
    session: { provider: 'github', scopes: ['read:org'], answers: 'token' },
  },
  {
    id: 'password',
    title: 'User and password',
    description: 'of the server itself, with a two-factor code where it wants one',
    asks: [
      { name: 'user', prompt: 'User', isSecret: false },
      { name: 'password', prompt: 'Password', isSecret: true },
    ],
  },
  {
    id: 'token',
    title: 'Token from the sign-in page',
    description: 'for servers with SAML: their page shows a token to paste',
    asks: [{ name: 'token', prompt: 'Token that the sign-in page shows', isSecret: true }],
    visit: '/saml/login',
  },
];

/** A GitHub token goes as the password of this user. */
const githubUser = '$token$';
const twoFactor = { name: 'code', prompt: 'Two-factor code', isSecret: true } as const;

export function createSignIn(parts: EmpireParts, urlOf: (place: Place) => string): SignIn {
  return {
    ways,
    describe: (token) => {
      const { name, expiresAt } = readTokenFacts(token.reveal());
      return { name, ...(expiresAt === undefined ? {} : { expiresAt }) };
    },
    signIn: (place, way, answers, signal) => {
      const at = { parts, place, url: urlOf(place), signal };
      const token = answers['token'] ?? new Secret('');
      if (way === 'token') return checkToken(at, token);
      // It was pasted.
      if (way === 'github') return exchange(at, githubUser, new Secret(token.reveal().trim()));
      return exchange(
        at,
        answers['user']?.reveal() ?? '',
        answers['password'] ?? new Secret(''),
        answers['code'],
      );
    },
  };
}

interface At {
  readonly parts: EmpireParts;
  readonly place: Place;
  readonly url: string;
  readonly signal: AbortSignal;
}

/** User and password for a token of the server's own. */
async function exchange(at: At, user: string, password: Secret, code?: Secret): Promise<SignInStep> {
  const { place } = at;
  const call: ApiCall = {
    what: 'sign you in',
    method: 'POST',
    path: '/oauth/authorizations',
    ...(code ? { headers: { 'heroku-two-factor-code': code.reveal() } } : {}),
  };
  const answer = await apiAt(at.parts, at.url, headersFor(user, password)).change(call, at.signal);
  const problem = readProblem(answer.text);
  if (problem?.id === 'two_factor' && !code) return { kind: 'ask', ask: twoFactor };
  const secrets = [password.reveal(), code?.reveal() ?? '', `${user}:${password.reveal()}`];
  if (problem) throw signInRefused(place.origin, explain(problem, secrets, code !== undefined));
  const token = answer.status === 200 || answer.status === 201 ? readToken(answer.text) : undefined;
  if (token === undefined) throw pageOf(place, answer);
  return accountOf(new Secret(token));
}

/** A missing and a wrong code are answered alike. */
function explain(
  problem: { readonly id: string; readonly message: string },
  secrets: readonly string[],
  withCode: boolean,
): string {
  if (problem.id === 'two_factor' && withCode) return 'the two-factor code is not the right one';
  return redact(problem.message, secrets);
}

/** A token is refused where tokens are given, so that it is good shows only when it is used. */
async function checkToken(at: At, token: Secret): Promise<SignInStep> {
  const clean = new Secret(token.reveal().trim());
  const call: ApiCall = { what: 'take the token', method: 'GET', path: '/apps' };
  const answer = await apiAt(at.parts, at.url, headersFor('', clean)).ask(call, at.signal);
  if (answer.status === 200) return accountOf(clean);
  const problem = readProblem(answer.text);
  if (!problem) throw pageOf(at.place, answer);
  throw signInRefused(at.place.origin, redact(problem.message, [clean.reveal()]));
}

function accountOf(token: Secret): SignInStep {
  const { name, expiresAt } = readTokenFacts(token.reveal());
  return { kind: 'account', account: { token, name, ...(expiresAt === undefined ? {} : { expiresAt }) } };
}
