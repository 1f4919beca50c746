import type { Fix } from '../base/errors';
import type { Secret } from '../base/secret';

/** Whose server a token is for: tokens are kept by this, so that one server never gets another's. */
export interface Place {
  /** The platform's id: `empire`. */
  readonly platform: string;
  /** Scheme, host and port of the server, as in `https://empire.example.com`. */
  readonly origin: string;
  /** The environment's name, for messages and for variables of the environment. */
  readonly environment: string;
}

/** Where tokens are kept. Each host has one: the editor its SecretStorage, the command line the environment and git's credential helpers. */
export interface Accounts {
  /** The token for a server, without asking anybody; undefined when there is none. */
  find(place: Place, signal: AbortSignal): Promise<Secret | undefined>;
}

/** One thing that signing in asks for. */
export interface Ask {
  readonly name: string;
  readonly prompt: string;
  readonly isSecret: boolean;
}

/** One way to sign in. */
export interface SignInWay {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** What is asked; what a session of the editor gives is not asked there. */
  readonly asks: readonly Ask[];
  /** A session of an authentication provider of the editor whose token answers the ask of that name. */
  readonly session?: {
    readonly provider: string;
    readonly scopes: readonly string[];
    readonly answers: string;
  };
  /** The page to open first, which shows what has to be pasted; relative to the server. */
  readonly visit?: string;
}

/** Who is signed in. */
export interface Account {
  readonly token: Secret;
  readonly name: string;
  /** When the token ends (ISO 8601), if it does. */
  readonly expiresAt?: string;
}

/** Either an account, or one more question: a two-factor code. */
export type SignInStep =
  { readonly kind: 'account'; readonly account: Account } | { readonly kind: 'ask'; readonly ask: Ask };

/** How one signs in to a platform. */
export interface SignIn {
  readonly ways: readonly SignInWay[];
  /** Throws UserError `deploy/sign-in-refused`, `deploy/unreachable`. */
  signIn(
    place: Place,
    way: string,
    answers: Readonly<Record<string, Secret>>,
    signal: AbortSignal,
  ): Promise<SignInStep>;
  /** What a token says of itself; nothing is sent. */
  describe(token: Secret): { readonly name: string; readonly expiresAt?: string };
}

/** What one does about a missing or refused token. */
export const signInFix = (environment: string): Fix => ({
  kind: 'command',
  label: 'Sign In',
  command: 'servicewright.deploy.signIn',
  args: [environment],
});
