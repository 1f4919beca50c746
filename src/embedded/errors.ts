import { UserError, messageOf, systemCode } from '../base/errors';

const hint = (label: string): { readonly kind: 'hint'; readonly label: string } => ({ kind: 'hint', label });

export const homeNotWritable = (dir: string, cause: unknown): UserError =>
  new UserError(
    'embedded/home-not-writable',
    `The embedded platform can't keep its state in ${dir} (${systemCode(cause) ?? messageOf(cause)}); set SERVICEWRIGHT_HOME to a folder of yours.`,
    { cause },
  );

export const engineAlreadyRuns = (home: string): UserError =>
  new UserError(
    'embedded/already-runs',
    `Another embedded platform already runs for ${home}; stop it first.`,
    { fix: hint('servicewright platform stop') },
  );

export const engineIsNewer = (): UserError =>
  new UserError(
    'embedded/newer',
    'The embedded platform that runs is of a newer Servicewright than this one; reload the window or update, and its services stay as they are.',
    { fix: { kind: 'command', label: 'Reload Window', command: 'workbench.action.reloadWindow' } },
  );

export const engineDidNotStart = (why: string, lines: readonly string[]): UserError =>
  new UserError(
    'embedded/did-not-start',
    `The embedded platform ${why}; the lines above and engine.log in its home say more.`,
    { lines },
  );

export const noProcfile = (dir: string): UserError =>
  new UserError(
    'embedded/no-procfile',
    `${dir} has no Procfile; add one with a line such as "web: python3 -m http.server $PORT".`,
  );

export const brokenProcfile = (dir: string, faults: readonly string[]): UserError =>
  new UserError('embedded/broken-procfile', `The Procfile of ${dir} can't be read: ${faults.join('; ')}.`, {
    lines: faults,
    fix: { kind: 'file', label: 'Open Procfile', path: `${dir}/Procfile` },
  });

export const noWebProcess = (dir: string, types: readonly string[]): UserError =>
  new UserError(
    'embedded/no-web-process',
    `The Procfile of ${dir} has no web process${types.length > 0 ? `, only ${types.join(', ')}` : ''}; add a line "web: <command>" whose program listens on $PORT.`,
    { fix: { kind: 'file', label: 'Open Procfile', path: `${dir}/Procfile` } },
  );

export const brokenAppJson = (dir: string, why: string): UserError =>
  new UserError(
    'embedded/broken-app-json',
    `The app.json of ${dir} can't be read: ${why.replace(/\.$/, '')}.`,
    {
      fix: { kind: 'file', label: 'Open app.json', path: `${dir}/app.json` },
    },
  );

export const missingConfig = (names: readonly string[]): UserError =>
  new UserError(
    'embedded/missing-config',
    `app.json requires ${names.join(', ')}, and nothing sets it; add it to config of the environment in servicewright.yaml.`,
  );

export const sourceNotFound = (dir: string): UserError =>
  new UserError('embedded/source-not-found', `There is no folder ${dir} to deploy.`);

export const sourceTooLarge = (dir: string): UserError =>
  new UserError(
    'embedded/source-too-large',
    `${dir} holds more than 1 GiB or 100,000 files; name what the service does not need in .slugignore.`,
  );

export const noPython = (said: string | undefined, tried: readonly string[]): UserError =>
  new UserError(
    'embedded/no-python',
    said === undefined || said === ''
      ? 'No Python 3.11 or newer is on the PATH; install one (on Debian: apt install python3 python3-venv) or name one in the setting platform.python.'
      : `${said} is no Python 3.11 or newer; change the setting platform.python or SERVICEWRIGHT_PYTHON.`,
    { lines: tried, fix: { kind: 'setting', label: 'Open Setting', setting: 'platform.python' } },
  );

export const buildFailed = (file: string, lines: readonly string[]): UserError =>
  new UserError('embedded/build-failed', `The packages of ${file} could not be installed.`, { lines });

export const scriptFailed = (script: string, lines: readonly string[]): UserError =>
  new UserError('embedded/build-failed', `The script ${script} of package.json failed.`, { lines });

export const noPostgres = (major: number | undefined, lines: readonly string[]): UserError =>
  new UserError(
    'embedded/no-postgres',
    major === undefined
      ? 'No PostgreSQL was found and none could be installed from npm; install one (on Debian: apt install postgresql) and deploy again.'
      : `The databases of this machine were made with PostgreSQL ${major}, which is not here any more; install that version again.`,
    { lines },
  );

export const databaseFailed = (what: string, lines: readonly string[]): UserError =>
  new UserError('embedded/database-failed', `The database server ${what}; its last lines say why.`, {
    lines,
  });

export const releaseFailed = (command: string, exit: string, lines: readonly string[]): UserError =>
  new UserError('embedded/release-failed', `The release command "${command}" failed (${exit}).`, { lines });

export const webExited = (exit: string, lines: readonly string[]): UserError =>
  new UserError('embedded/web-exited', `web ended before it answered (${exit}).`, { lines });

export const webNotBound = (port: number, others: readonly number[], seconds: number): UserError =>
  new UserError(
    'embedded/web-not-bound',
    others.length > 0
      ? `web listens on port ${others.join(', ')} instead of $PORT (${port}); make its command in the Procfile use $PORT.`
      : `web did not listen on $PORT (${port}) within ${seconds} s; make its command in the Procfile use $PORT.`,
  );

export const webUnhealthy = (path: string, answer: string, lines: readonly string[]): UserError =>
  new UserError(
    'embedded/web-unhealthy',
    `web did not become healthy: the last answer to GET ${path} was ${answer}.`,
    { lines },
  );

export const deployRunning = (app: string): UserError =>
  new UserError(
    'embedded/deploy-running',
    `A deploy of ${app} is under way; wait for it or cancel it first.`,
  );

export const deployCancelled = (): UserError =>
  new UserError('embedded/cancelled', 'The deploy was cancelled; what ran before goes on.');

export const tooLateToCancel = (): UserError =>
  new UserError('embedded/too-late', 'The new release takes the requests already; roll back instead.');

export const noSuchApp = (app: string): UserError =>
  new UserError('embedded/no-such-app', `The embedded platform has no app ${app}; deploy it first.`, {
    fix: hint('servicewright deploy'),
  });

export const noSuchDeploy = (id: string): UserError =>
  new UserError('embedded/no-such-deploy', `There is no deploy ${id}.`);

export const noSuchRelease = (release: number, kept: readonly number[]): UserError =>
  new UserError(
    'embedded/no-such-release',
    `Release v${release} can't be rolled back to; ${kept.length > 0 ? `those that can: ${kept.map((n) => `v${n}`).join(', ')}` : 'there is none that can'}.`,
  );

export const diskFull = (home: string): UserError =>
  new UserError(
    'embedded/disk-full',
    `The disk that holds ${home} is full; make room and deploy again. What ran before goes on.`,
  );

/** What nobody foresaw, in the system's or the program's own words. */
export const unexpected = (error: unknown): UserError =>
  new UserError('embedded/unexpected', `The deploy failed: ${messageOf(error).replace(/\.$/, '')}.`, {
    cause: error,
  });

export const badJson = (): UserError => new UserError('embedded/bad-json', 'The body is no JSON.');

export const bodyTooLarge = (): UserError =>
  new UserError('embedded/too-large', 'The body is larger than 1 MiB.');

export const notFound = (what: string): UserError =>
  new UserError('embedded/not-found', `There is no ${what}.`);

export const nameTaken = (name: string): UserError =>
  new UserError('embedded/name-taken', `The name ${name} is taken by another service of this platform.`);

/** A release that could not be made, with what it failed of. */
export const releaseNotMade = (why: Pick<UserError, 'message' | 'lines'> | undefined): UserError =>
  new UserError('embedded/release-not-made', why?.message ?? 'No release was made.', {
    lines: why?.lines ?? [],
  });

export const badRequest = (why: string): UserError => new UserError('embedded/bad-request', `${why}.`);

export const noSuchProcess = (type: string, known: readonly string[]): UserError =>
  new UserError(
    'embedded/no-such-process',
    `The Procfile has no process ${JSON.stringify(type)}; it has ${known.join(', ')}.`,
  );

export const tooManyProcesses = (type: string, most: number): UserError =>
  new UserError(
    'embedded/too-many',
    `How many of ${type} run on this machine has to be a whole number from 0 to ${most}.`,
  );

export const givenVariable = (names: readonly string[]): UserError =>
  new UserError(
    'embedded/given-variable',
    `${names.join(', ')} can't be taken away: servicewright.yaml or app.json gives it; take it out there and deploy.`,
  );

export const neverDeployed = (app: string): UserError =>
  new UserError('embedded/never-deployed', `${app} has no running release; deploy it first.`, {
    fix: hint('servicewright deploy'),
  });

export const noNode = (program: string): UserError =>
  new UserError(
    'embedded/no-node',
    `The service has a package.json, and ${program} is not on the PATH; install it and deploy again.`,
  );

export const brokenPackageJson = (why: string): UserError =>
  new UserError('embedded/broken-package-json', `The package.json can't be read: ${why.replace(/\.$/, '')}.`);

export const dockerMissing = (why: string, lines: readonly string[]): UserError =>
  new UserError(
    'embedded/no-docker',
    `The service has a Dockerfile and no Procfile, so it runs in a container, and docker can't be used: ${why}; start it, or add a Procfile.`,
    { lines },
  );

export const imageFailed = (lines: readonly string[]): UserError =>
  new UserError('embedded/image-failed', 'The image of the Dockerfile could not be built.', { lines });
