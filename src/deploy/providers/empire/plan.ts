import { UserError, isAbort } from '../../../base/errors';
import type { DeployRequest, Note, Plan, Target } from '../../provider';
import { badAppName } from '../../errors/empire';
import type { Client, EmpireParts } from './client';
import { connect } from './client';
import { isAppName } from './deploy';
import { isMoving } from '../../image';
import { checkImage } from './image';
import { withImages } from './images';
import { askApp, askReleases } from './reading';

/** What a deploy would meet. What would stop it is a blocker and not thrown, so that all of it is told at once. */
export async function planDeploy(
  parts: EmpireParts,
  target: Target,
  request: DeployRequest,
  signal: AbortSignal,
): Promise<Plan> {
  const notes: Note[] = [...imageNotes(target, request.image), ...nameNotes(target), ...urlNotes(target)];
  try {
    const client = await connect(parts, target, signal);
    // What it ran before a variable was set is found some releases further down.
    const releases = await askReleases(client, target, 50, signal);
    notes.push(...tokenNotes(client, parts.now()));
    notes.push(...(releases ? await maintenanceNotes(client, target, signal) : [willBeMade(client, target)]));
    const [current] = withImages(releases ?? []);
    const newest = releases?.[0]?.version;
    return { ...(current ? { current } : {}), ...(newest === undefined ? {} : { newest }), notes };
  } catch (error) {
    if (isAbort(error) || !(error instanceof UserError)) throw error;
    return { notes: [...notes, blocker(error)] };
  }
}

function urlNotes({ environment: { url = '' } }: Target): readonly Note[] {
  if (!/^http:\/\/(?!localhost\b|127\.|\[::1\])/.test(url)) return [];
  return [
    {
      level: 'warning',
      code: 'deploy/plain-http',
      message: `${url} is plain http: whoever is in between reads the token.`,
    },
  ];
}

const willBeMade = ({ where }: Client, { app }: Target): Note => ({
  level: 'info',
  code: 'deploy/new-app',
  message: `${app} is not on ${where} yet: the app will be made.`,
});

async function maintenanceNotes(
  client: Client,
  target: Target,
  signal: AbortSignal,
): Promise<readonly Note[]> {
  if ((await askApp(client, target, signal))?.maintenance !== true) return [];
  return [
    {
      level: 'warning',
      code: 'deploy/in-maintenance',
      message: `${target.app} is in maintenance: nothing of the new release runs before that is turned off.`,
    },
  ];
}

/** Watching a deploy asks after it to the end. */
const soonMs = 20 * 60_000;

function tokenNotes({ expiresAt, where }: Client, now: Date): readonly Note[] {
  if (expiresAt === undefined || new Date(expiresAt).getTime() - now.getTime() > soonMs) return [];
  return [
    {
      level: 'warning',
      code: 'deploy/token-ends',
      message: `The token for ${where} ends at ${expiresAt}: how a deploy ends that goes on longer can't be asked for; sign in again before.`,
    },
  ];
}

const blocker = ({ code, message }: UserError): Note => ({ level: 'blocker', code, message });

function imageNotes(target: Target, image: string | undefined): readonly Note[] {
  try {
    const checked = checkImage(image, target);
    return isMoving(checked)
      ? [
          {
            level: 'warning',
            code: 'deploy/moving-image',
            message: `${checked} may mean another image tomorrow, and the releases will not tell which it was.`,
          },
        ]
      : [];
  } catch (error) {
    if (error instanceof UserError) return [blocker(error)];
    throw error;
  }
}

const nameNotes = ({ app }: Target): readonly Note[] => (isAppName(app) ? [] : [blocker(badAppName(app))]);
