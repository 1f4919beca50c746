import type { App } from '../engine/app';
import type { DeployFacts } from '../engine/facts';
import type { AppSummary, DynoSummary, FormationSummary, ReleaseSummary } from '../engine/summary';
import { idOf } from './ids';

/**
 * The things of the Platform API (version 3), made of ours. What Heroku has no word for stands under `servicewright`; what we have nothing
 * of is null, as there.
 */

export type Shape = Readonly<Record<string, unknown>>;

/** Everything here belongs to whoever runs the platform. */
const person = { id: idOf('account'), email: 'you@localhost' } as const;
/** Processes of a machine have no size; a word stands where Heroku has one. */
const size = 'local';

export const accountShape = (): Shape => ({ ...person, name: null, two_factor_authentication: false });

const reference = (name: string): Shape => ({ id: idOf('app', name), name });

/** Records of earlier versions do not tell when the app was made; its first release is near enough. */
function madeAt({ createdAt }: AppSummary, releases: readonly ReleaseSummary[]): string {
  return createdAt === '' ? (releases.at(-1)?.at ?? new Date(0).toISOString()) : createdAt;
}

export function appShape(app: App): Shape {
  const summary = app.summary();
  const { name, source, environment, url, state, release, deploy, maintenance } = summary;
  const releases = app.releases();
  const made = madeAt(summary, releases);
  const released = releases.find((one) => one.status === 'live')?.at ?? null;
  return {
    ...reference(name),
    acm: false,
    archived_at: null,
    build_stack: { id: idOf('stack'), name: 'local' },
    buildpack_provided_description: null,
    created_at: made,
    generation: { id: idOf('generation'), name: 'cedar' },
    git_url: null,
    internal_routing: null,
    maintenance,
    organization: null,
    owner: person,
    region: { id: idOf('region'), name: 'local' },
    released_at: released,
    repo_size: null,
    slug_size: null,
    space: null,
    stack: { id: idOf('stack'), name: 'local' },
    team: null,
    updated_at: releases[0]?.at ?? made,
    web_url: `${url}/`,
    servicewright: {
      state,
      source,
      environment,
      port: Number(new URL(url).port),
      ...(release === undefined ? {} : { release }),
      ...(deploy === undefined ? {} : { deploy: nameOf(app, deploy) }),
    },
  };
}

/** A build has a name of its own, what comes without one is named by its release. */
function nameOf(app: App, deploy: string): string {
  const { kind, release } = app.deploys().find(({ id }) => id === deploy) ?? {};
  return kind === 'release' && release !== undefined ? `v${release}` : deploy;
}

/** Addresses of streams; see `streamsOf`. */
export interface Streams {
  readonly output: string;
  readonly events: string;
}

const releaseReference = (app: string, version: number): Shape => ({
  id: idOf('release', app, version),
  version,
});

/** What comes after its release is the release's own: a build that has one went well. */
export function buildShape(app: string, facts: DeployFacts, { output, events }: Streams): Shape {
  const { id, at, updatedAt, release, outcome, source } = facts;
  const status = release === undefined ? (outcome === undefined ? 'pending' : 'failed') : 'succeeded';
  return {
    id,
    app: reference(app),
    buildpacks: null,
    created_at: at,
    output_stream_url: output,
    release: release === undefined ? null : releaseReference(app, release),
    slug: null,
    source_blob: {
      url: null,
      checksum: source.checksum ?? null,
      version: source.version ?? null,
      version_description: source.description ?? null,
    },
    stack: 'local',
    status,
    updated_at: updatedAt,
    user: person,
    servicewright: { events_url: events, ...(outcome === undefined ? {} : { outcome }) },
  };
}

/** Also what clients look for who lost the answer to what they asked for. */
function descriptionOf({ message, rollbackTo }: ReleaseSummary): string {
  return rollbackTo === undefined ? (message ?? 'Deploy') : `Rollback to v${rollbackTo}`;
}

export function releaseShape(app: string, release: ReleaseSummary, { output, events }: Streams): Shape {
  const { release: version, at, status, slug, commit, dirty, eligible } = release;
  const said = descriptionOf(release);
  return {
    ...releaseReference(app, version),
    addon_plan_names: [],
    app: reference(app),
    artifacts: [{ id: slug, type: 'slug' }],
    created_at: at,
    current: status === 'live',
    // At Heroku the commit stands nowhere else.
    description: said === 'Deploy' && commit !== undefined ? `Deploy ${commit.slice(0, 8)}` : said,
    eligible_for_rollback: eligible,
    output_stream_url: output,
    slug: { id: slug },
    status: status === 'pending' || status === 'failed' ? status : 'succeeded',
    updated_at: at,
    user: person,
    servicewright: {
      events_url: events,
      environment: release.environment,
      description: said,
      seconds: release.seconds,
      dirty: dirty === true,
      processes: release.processes,
      quantities: release.quantities,
      ...(commit === undefined ? {} : { commit }),
      ...(release.change === undefined ? {} : { change: release.change }),
    },
  };
}

const states: Readonly<Record<DynoSummary['state'], string>> = {
  starting: 'starting',
  up: 'up',
  restarting: 'starting',
  crashed: 'crashed',
  stopped: 'down',
};

export function dynoShape(app: string, dyno: DynoSummary): Shape {
  const { name, type, command, state, release, restarts, pid, port, since } = dyno;
  const at = since ?? new Date(0).toISOString();
  return {
    id: idOf('dyno', app, name, at),
    name,
    app: reference(app),
    attach_url: null,
    command,
    created_at: at,
    release: release > 0 ? releaseReference(app, release) : null,
    size,
    state: states[state],
    type,
    updated_at: at,
    servicewright: {
      state,
      restarts,
      ...(since === undefined ? {} : { since }),
      ...(pid === undefined ? {} : { pid }),
      ...(port === undefined ? {} : { port }),
    },
  };
}

export function formationShape(app: string, { type, quantity, command }: FormationSummary): Shape {
  return {
    id: idOf('formation', app, type),
    type,
    quantity,
    command,
    size,
    dyno_size: { id: idOf('size'), name: size },
    app: reference(app),
    created_at: new Date(0).toISOString(),
    updated_at: new Date(0).toISOString(),
  };
}

/** The one under which it answers; it is the platform's own, and no other can be added. */
export function domainShape(app: string, url: string): Shape {
  const { host } = new URL(url);
  return {
    id: idOf('domain', app, host),
    app: reference(app),
    acm_status: null,
    cname: null,
    created_at: new Date(0).toISOString(),
    hostname: host,
    kind: 'heroku',
    sni_endpoint: null,
    status: 'succeeded',
    updated_at: new Date(0).toISOString(),
  };
}
