import { UserError } from '../../base/errors';
import { signInFix } from '../account';

/** What can go wrong with the server of a platform. `where` is its origin, `what` completes "asked to …". */

/** Whether nothing of a request can have reached the server. */
const beforeSending: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name could not be looked up',
  ECONNREFUSED: 'nothing listens there',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'no way leads there',
  EHOSTDOWN: 'its machine is down',
  EPROXY:
    'the proxy (HTTPS_PROXY, or the proxy-url of a kubeconfig) does not let it through; NO_PROXY can leave the server out',
  EPROXYAUTH:
    'the proxy (HTTPS_PROXY, or the proxy-url of a kubeconfig) wants a user and a password: http://user:password@proxy:port',
  EPROXYDOWN: 'the proxy (HTTPS_PROXY, or the proxy-url of a kubeconfig) can’t be reached',
  EPROXYURL: 'HTTPS_PROXY, HTTP_PROXY or ALL_PROXY is no http or https address',
  EPROTO: 'it does not speak TLS there; is it http?',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there; is it http?',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS there; is it http?',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is signed by itself; NODE_EXTRA_CA_CERTS can name the one to trust',
  SELF_SIGNED_CERT_IN_CHAIN:
    'nobody known signed its certificate; NODE_EXTRA_CA_CERTS can name the one to trust',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'nobody known signed its certificate; NODE_EXTRA_CA_CERTS can name the one to trust',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'nobody known signed its certificate; NODE_EXTRA_CA_CERTS can name the one to trust',
};

/** Why a server can't be reached, when it is certain that nothing was sent; undefined when it may have been. */
export function neverSent(code: string | undefined): string | undefined {
  return code === undefined ? undefined : beforeSending[code];
}

export const serverUnreachable = (where: string, why: string, cause: unknown): UserError =>
  new UserError(
    'deploy/unreachable',
    `${where} can't be reached, because ${why}; nothing was changed, so it can be tried again.`,
    { cause },
  );

export const connectionLost = (where: string, what: string, cause: unknown): UserError =>
  new UserError(
    'deploy/connection-lost',
    `The connection to ${where} ended before it answered whether it could ${what}; look at how things are before you try again.`,
    { cause },
  );

export const noAnswer = (where: string, what: string, seconds: number): UserError =>
  new UserError(
    'deploy/no-answer',
    `${where} did not answer within ${seconds} s when asked to ${what}; look at how things are before you try again.`,
  );

export const notTheApi = (where: string, status: number): UserError =>
  new UserError(
    'deploy/not-the-api',
    `${where} answered ${status} with a page that is not the platform's; check the url of the environment and what stands before the server.`,
  );

/** `to` is the origin of where it sends on; nothing is ever sent there. */
export const sendsOn = (where: string, to: string): UserError =>
  new UserError(
    'deploy/not-the-api',
    `${where} sends every request on to ${to}, where nothing was sent; if that is the server, write it as the url of the environment.`,
  );

/** `more` is what the platform said besides: the lines that explain it, and what to do next. */
// oxlint-disable-next-line max-params
export const serverRefused = (
  where: string,
  what: string,
  why: string,
  more?: { readonly lines: readonly string[]; readonly hint?: string },
): UserError =>
  new UserError('deploy/refused', `${where} refused to ${what}: ${why.replace(/\.$/, '')}.`, {
    lines: more?.lines ?? [],
    fix: {
      kind: 'hint',
      label: more?.hint ?? 'servicewright releases and servicewright ps tell how things are',
    },
  });

export const notSignedIn = (environment: string, where: string): UserError =>
  new UserError(
    'deploy/not-signed-in',
    `Nobody is signed in to ${where}, where ${environment} is; sign in first.`,
    {
      fix: signInFix(environment),
    },
  );

export const tokenRefused = (environment: string, where: string, why: string): UserError =>
  new UserError(
    'deploy/not-signed-in',
    `${where}, where ${environment} is, does not take the token (${why.replace(/\.$/, '')}); sign in again.`,
    { fix: signInFix(environment) },
  );

export const signInRefused = (where: string, why: string): UserError =>
  new UserError('deploy/sign-in-refused', `${where} refused to sign you in: ${why.replace(/\.$/, '')}.`);

export const noUrl = (environment: string): UserError =>
  new UserError(
    'deploy/no-url',
    `The environment ${environment} has no url; say in servicewright.yaml where its server is.`,
  );
