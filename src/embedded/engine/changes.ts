import { UserError } from '../../base/errors';
import { givenVariable, neverDeployed } from '../errors';
import type { AppParts } from './boot';
import type { DeployLog } from './deploy-log';
import type { Deploying } from './deploying';
import { createFormation } from './formation';
import type { OneOff, OneOffRequest, PreparedRun } from './one-off';
import { runOneOff } from './one-off';
import { givenOf, runConfigChange } from './pipeline';
import type { Quantities } from './quantities';
import { quantitiesOf, scaled } from './quantities';
import type { ReleaseRecord } from './records';
import type { FormationSummary, Runtime } from './summary';
import { formationOf } from './summary';

/** What changes a service that runs, beside deploys: its variables, how many processes it has, and commands that are run once. */
export interface AppChanges {
  /** The variables of the running release, or of that one. Throws UserError `embedded/no-such-release`. */
  config(release: number | undefined): Readonly<Record<string, string>>;
  /**
   * Sets variables and takes away those that are null, as a release of its own; before the first deploy they are only kept. Gives all of
   * them once that release is live. Throws UserError `embedded/given-variable`, `embedded/deploy-running`, or what the release failed with.
   */
  changeConfig(patch: ConfigPatch, message: string | undefined): Promise<Readonly<Record<string, string>>>;
  formation(): readonly FormationSummary[];
  /** Throws UserError `embedded/no-such-process`, `embedded/too-many`, `embedded/never-deployed`. */
  scale(changes: Quantities): Promise<readonly FormationSummary[]>;
  /**
   * All processes, those of one type, or the one of that name; a command that runs once is ended instead. Throws UserError
   * `embedded/no-such-process`, and what booting throws; what ran before goes on then.
   */
  restart(dyno: string | undefined): Promise<void>;
  /** Makes a place for a command, which begins when it is told to. Throws UserError `embedded/never-deployed`. */
  prepareRun(request: OneOffRequest): PreparedRun;
}

export type ConfigPatch = Readonly<Record<string, string | null>>;

type Begin = (run: (deploying: Deploying) => Promise<void>) => DeployLog;

export function createChanges(parts: AppParts, runtime: Runtime, begin: Begin): AppChanges {
  const { store } = parts;
  const current = (): ReleaseRecord | undefined => store.releases.find((one) => one.n === store.app.current);
  const needed = (): ReleaseRecord => {
    const release = current();
    if (!release) throw neverDeployed(store.app.name);
    return release;
  };
  return {
    config(number) {
      if (number === undefined) return current()?.config ?? store.app.config;
      const release = store.releases.find((one) => one.n === number);
      if (!release) throw neverDeployed(`v${number} of ${store.app.name}`);
      return release.config;
    },
    changeConfig: (patch, message) =>
      changeConfig({ parts, runtime, begin, current: current() }, patch, message),
    formation: () => formationOf(parts),
    async scale(changes) {
      const { processes } = needed();
      const formation = scaled(processes, store.app.formation, changes);
      await store.saveApp({ formation });
      void runtime.formation?.scale(quantitiesOf(processes, formation));
      return formationOf(parts);
    },
    async restart(dyno) {
      const release = needed();
      const single = [...runtime.oneOffs].find((one) => one.dyno === dyno);
      if (single) single.end();
      else if (runtime.formation) await runtime.formation.restart(dyno);
      else
        runtime.formation = createFormation(
          parts,
          release,
          quantitiesOf(release.processes, store.app.formation),
        );
    },
    prepareRun: (request) => prepareRun({ parts, runtime, release: needed() }, request),
  };
}

function prepareRun(
  {
    parts,
    runtime,
    release,
  }: { readonly parts: AppParts; readonly runtime: Runtime; readonly release: ReleaseRecord },
  request: OneOffRequest,
): PreparedRun {
  const ending = new AbortController();
  const oneOff: OneOff = {
    dyno: `run.${firstFree(runtime.oneOffs)}`,
    command: request.command,
    since: parts.context.now(),
    end: () => ending.abort(),
  };
  runtime.oneOffs.add(oneOff);
  parts.changed();
  const over = (): void => {
    runtime.oneOffs.delete(oneOff);
    parts.changed();
  };
  ending.signal.addEventListener('abort', over, { once: true });
  return {
    dyno: oneOff.dyno,
    drop: () => ending.abort(),
    start(signal) {
      const leaving = AbortSignal.any([signal, ending.signal]);
      return runOneOff({ parts, redactor: runtime.redactor, release, oneOff, over }, request, leaving);
    },
  };
}

function firstFree(oneOffs: ReadonlySet<OneOff>): number {
  const taken = new Set([...oneOffs].map(({ dyno }) => dyno));
  let n = 1;
  while (taken.has(`run.${n}`)) n++;
  return n;
}

interface Changing {
  readonly parts: AppParts;
  readonly runtime: Runtime;
  readonly begin: Begin;
  readonly current: ReleaseRecord | undefined;
}

async function changeConfig(
  { parts, runtime, begin, current }: Changing,
  patch: ConfigPatch,
  message: string | undefined,
): Promise<Readonly<Record<string, string>>> {
  const { store } = parts;
  const given = current ? givenOf(current) : {};
  const before = store.app.config;
  const stuck = Object.keys(patch).filter(
    (name) => patch[name] === null && before[name] === undefined && given[name] !== undefined,
  );
  if (stuck.length > 0) throw givenVariable(stuck);
  const set = applied(before, patch);
  // Whoever sets a variable here may mean a secret: none of them is written to a log.
  runtime.redactor.add(Object.values(set));
  if (!current) {
    await store.saveApp({ config: set });
    return set;
  }
  const said = message ?? `Change ${Object.keys(patch).toSorted().join(', ')}`;
  const record = begin((deploying) => runConfigChange(deploying, current, { set, message: said }));
  await record.finished;
  const { failure } = record;
  if (failure) throw new UserError('embedded/config-failed', failure.message, { lines: failure.lines });
  return { ...given, ...set };
}

function applied(
  before: Readonly<Record<string, string>>,
  patch: ConfigPatch,
): Readonly<Record<string, string>> {
  const out: Record<string, string> = { ...before };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete out[name];
    else out[name] = value;
  }
  return out;
}
