import { UserError, isAbort } from '../../../base/errors';
import { join } from '../../../base/paths';
import { readTree } from '../../git';
import { badAppName } from '../../errors/heroku';
import type { Note, Plan, Target } from '../../provider';
import { isAppName } from './app';
import type { Client, HerokuParts } from './client';
import { connect } from './client';
import { askApp, askBuilds, askReleases, underWay } from './reading';
import { sourceFiles } from './source';
import { plainRelease } from './wire';

/** What a deploy would meet. What would stop it is a blocker and not thrown, so that all of it is told at once. */
export async function planDeploy(parts: HerokuParts, target: Target, signal: AbortSignal): Promise<Plan> {
  const notes = [...nameNotes(target), ...urlNotes(target), ...(await sourceNotes(parts, target, signal))];
  try {
    const client = await connect(parts, target, signal);
    const { notes: more, ...plan } = await lookAtApp(client, target, signal);
    return { ...plan, notes: [...notes, ...more] };
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

async function sourceNotes(
  parts: HerokuParts,
  { dir }: Target,
  signal: AbortSignal,
): Promise<readonly Note[]> {
  const { world } = parts;
  const [files, { dirty }] = await Promise.all([
    filesOrBlocker(parts, dir, signal),
    readTree(dir, world.processes, signal),
  ]);
  if ('level' in files) return [files];
  const notes: Note[] = [];
  if (dirty.length > 0) {
    const some = dirty.slice(0, 3).join(', ');
    const more = dirty.length > 3 ? ` and ${dirty.length - 3} more` : '';
    const message = `What is deployed holds changes that no commit holds: ${some}${more}.`;
    notes.push({ level: 'warning', code: 'deploy/dirty', message });
  }
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

async function lookAtApp(client: Client, target: Target, signal: AbortSignal): Promise<Plan> {
  const app = await askApp(client, target, signal);
  if (!app) {
    const message = `${target.app} is not on ${client.where} yet: the app will be made.`;
    return { notes: [{ level: 'info', code: 'deploy/new-app', message }] };
  }
  const [releases = [], builds = []] = await Promise.all([
    askReleases(client, target, 50, signal),
    askBuilds(client, target, signal),
  ]);
  const current = releases.find((one) => one.status === 'current');
  // The commit of the running code is told by the release that brought it, and not by a change of a variable.
  const withCommit = releases.find((one) => one.commit !== undefined && one.standing === 'succeeded');
  const newest = releases[0]?.version;
  const shown = current?.commit === undefined ? (withCommit ?? current) : current;
  const notes: Note[] = client
    .warnings()
    .map((text) => ({ level: 'info', code: 'deploy/platform-warns', message: `Heroku warns: ${text}` }));
  if (underWay(builds, releases) !== undefined)
    notes.push({
      level: 'warning',
      code: 'deploy/under-way',
      message: `Another deploy of ${target.app} is under way; whichever ends last runs.`,
    });
  return {
    ...(shown ? { current: plainRelease(shown) } : {}),
    ...(newest === undefined ? {} : { newest }),
    notes,
  };
}
