import type { Env } from '../home';

type Variables = Readonly<Record<string, string>>;

/**
 * What a process of a service inherits of ours. Everything else stays outside: a release must not depend on the shell that happened to start
 * the platform, and must not see its secrets.
 */
const inherited = [
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TEMP|TMP)$/,
  /^(SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|USERPROFILE|APPDATA|LOCALAPPDATA|PROGRAMFILES|PROGRAMDATA)$/i,
  /^(https?_proxy|all_proxy|no_proxy|SSL_CERT_FILE|SSL_CERT_DIR|REQUESTS_CA_BUNDLE)$/i,
];
/** How docker is reached matters to docker alone. */
const forDocker = [/^DOCKER_(HOST|CONFIG|CONTEXT|BUILDKIT|CERT_PATH|TLS_VERIFY)$/];
/** Where packages come from and how they are fetched is the machine's business: the build alone sees it. */
const forBuilds = [/^(PIP|UV|npm_config)_\w+$/i];

function pick(env: Env, patterns: readonly RegExp[]): Variables {
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && patterns.some((pattern) => pattern.test(entry[0])),
    ),
  );
}

export const runEnvironment = (env: Env): Variables => pick(env, inherited);

export const buildEnvironment = (env: Env): Variables =>
  pick(env, [...inherited, ...forBuilds, ...forDocker]);

export const dockerEnvironment = (env: Env): Variables => pick(env, forDocker);
