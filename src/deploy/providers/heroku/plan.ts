import { UserError, isAbort } from '../../../base/errors';
import { join } from '../../../base/paths';
import { badAppName } from '../../errors/heroku';
import type { DeployRequest, Note, Plan, Target } from '../../provider';
import { isAppName } from './app';
import type { Client, HerokuParts } from './client';
import { connect } from './client';
import { takesImages } from './container';
import { askApp, askBuilds, askConfig, askReleases, underWay } from './reading';
import { registryFor } from './registry';
import { sourceFiles } from './source';
import { plainRelease } from './wire';

/** What a deploy would meet. What would stop it is a blocker and not thrown, so that all of it is told at once. */
export async function planDeploy(
  parts: HerokuParts,
  target: Target,
  request: DeployRequest,
  signal: AbortSignal,
): Promise<Plan> {
  const isTree = request.from === undefined && !takesImages(target, request);
  const more = isTree ? await sourceNotes(parts, target, signal) : imageNotes(target, request);
  const notes = [...nameNotes(target), ...urlNotes(target), ...more];
  try {
    const client = await connect(parts, target, signal);
    const { notes: seen, ...plan } = await lookAtApp(client, target, signal);
    return { ...plan, notes: [...notes, ...seen] };
  } catch (error) {
    if (isAbort(error) || !(error instanceof UserError)) throw error;
    return { notes: [...notes, blocker(error)] };
  }
}

const blocker = ({ code, message }: UserError): Note => ({ level: 'blocker', code, message });

const nameNotes = ({ app }: Target): readonly Note[] => (isAppName(app) ? [] : [blocker(badAppName(app))]);

/** Whoever is in between reads the token. */
function urlNotes({ environment: { url = '' } }: Target): readonly Note[] {
  if (!/^http:\/\/(?!localhost\b|127\.|\[::1\])/.test(url)) return [];
  const message = `${url} is plain http: whoever is in between reads the token.`;
  return [{ level: 'warning', code: 'deploy/plain-http', message }];
}

function imageNotes(target: Target, { from }: DeployRequest): readonly Note[] {
  if (from) return [];
  try {
    registryFor(target);
    return [];
  } catch (error) {
    if (error instanceof UserError) return [blocker(error)];
    throw error;
  }
}

async function sourceNotes(
  parts: HerokuParts,
  { dir }: Target,
  signal: AbortSignal,
): Promise<readonly Note[]> {
  const { world } = parts;
  const files = await filesOrBlocker(parts, dir, signal);
  if ('level' in files) return [files];
  const notes: Note[] = [...secretNotes(files)];
  const isThere = async (name: string): Promise<boolean> =>
    (await world.files.kind(join(dir, name))) === 'file';
  if (!(await isThere('Procfile')) && !(await isThere('heroku.yml')))
    notes.push({
      level: 'warning',
      code: 'deploy/no-procfile',
      message: `${dir} has no Procfile, so Heroku starts only what the buildpack knows by itself, which may be nothing.`,
    });
  return notes;
}

/** Files that mostly hold what nobody else shall read; examples of them are meant to be read. */
function secretNotes(files: readonly string[]): readonly Note[] {
  const found = files.filter(
    (path) => /(^|\/)\.env(\.[\w-]+)*$/.test(path) && !/\.(example|sample|template|dist)$/.test(path),
  );
  if (found.length === 0) return [];
  const message = `The source holds ${found.slice(0, 3).join(', ')}${found.length > 3 ? ' …' : ''}, which mostly holds secrets; name it in .gitignore or .slugignore, and set variables instead.`;
  return [{ level: 'warning', code: 'deploy/secret-file', message, details: found }];
}

async function filesOrBlocker(
  { world }: HerokuParts,
  dir: string,
  signal: AbortSignal,
): Promise<readonly string[] | Note> {
  try {
    return await sourceFiles(dir, world, signal);
  } catch (error) {
    if (error instanceof UserError) return blocker(error);
    throw error;
  }
}

/**
 * What `config:` says and the app does not have. A change of a variable is a release of its own that restarts everything, so that it is
 * said and not done.
 */
async function configNotes(client: Client, target: Target, signal: AbortSignal): Promise<readonly Note[]> {
  const { config, name } = target.environment;
  if (Object.keys(config).length === 0) return [];
  const has = (await askConfig(client, target, undefined, signal)) ?? {};
  const other = Object.keys(config).filter((key) => has[key] !== config[key]);
  if (other.length === 0) return [];
  const set = other.map((key) => `--set ${key}=${config[key] ?? ''}`).join(' ');
  const message = `servicewright.yaml gives ${other.join(', ')} another value than ${target.app} has; set it with: servicewright config ${set} --to ${name}.`;
  return [{ level: 'warning', code: 'deploy/config-differs', message, details: other }];
}

async function lookAtApp(client: Client, target: Target, signal: AbortSignal): Promise<Plan> {
  const app = await askApp(client, target, signal);
  if (!app) {
    const message = `${target.app} is not on ${client.where} yet: the app will be made.`;
    return { notes: [{ level: 'info', code: 'deploy/new-app', message }] };
  }
  const [releases = [], builds = [], lacking] = await Promise.all([
    askReleases(client, target, 50, signal),
    askBuilds(client, target, signal),
    configNotes(client, target, signal),
  ]);
  const current = releases.find((one) => one.status === 'current');
  const newest = releases[0]?.version;
  const warnings = client.warnings().map((text): Note => {
    const message = `Heroku warns: ${text}`;
    return { level: 'info', code: 'deploy/platform-warns', message };
  });
  const notes: Note[] = [...warnings, ...lacking];
  if (underWay(builds, releases) !== undefined)
    notes.push({
      level: 'warning',
      code: 'deploy/under-way',
      message: `Another deploy of ${target.app} is under way; whichever ends last runs.`,
    });
  return {
    ...(current ? { current: plainRelease(current) } : {}),
    ...(newest === undefined ? {} : { newest }),
    notes,
  };
}
