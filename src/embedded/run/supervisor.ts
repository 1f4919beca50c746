import { describeExit } from './instance';
import type { Instance } from './instance';
import { pause } from './pause';

export type ProcessState = 'starting' | 'up' | 'restarting' | 'crashed' | 'stopped';

/** Keeps one process of the current release running. */
export interface Supervisor {
  readonly dyno: string;
  readonly state: ProcessState;
  readonly restarts: number;
  readonly instance: Instance | undefined;
  /** From now on it is not started again. */
  retire(): void;
  /** Ends it and all that it started. */
  stop(graceMs: number): Promise<void>;
}

export interface SupervisorPlan {
  readonly dyno: string;
  /** A process that runs already and answers; without it the first one is started as after a crash, but at once. */
  readonly first?: Instance;
  /** Starts a process and waits until it can be used. Throws when that fails, having ended it. */
  start(signal: AbortSignal): Promise<Instance>;
  onUp(instance: Instance): void;
  onDown(): void;
  onChange(): void;
  say(text: string): void;
  /** Waits before a start; tests wait for nothing. */
  pause?(ms: number, signal: AbortSignal): Promise<void>;
}

const longestPauseMs = 60_000;
/** A process that stayed up this long starts its count of quick ends anew. */
const steadyMs = 60_000;
const crashLoopAfter = 5;

/** The pauses before a start: 1, 2, 4 … 60 s. */
export function pauseAfter(quickExits: number): number {
  return Math.min(1000 * 2 ** Math.max(0, quickExits - 1), longestPauseMs);
}

/** What changes while a process is supervised. */
interface Watch {
  readonly plan: SupervisorPlan;
  readonly retired: AbortController;
  state: ProcessState;
  instance: Instance | undefined;
  restarts: number;
  /** Ends, and starts that failed, one soon after the other. */
  quickExits: number;
}

export function supervise(plan: SupervisorPlan): Supervisor {
  const watch: Watch = {
    plan,
    retired: new AbortController(),
    state: plan.first ? 'up' : 'starting',
    instance: plan.first,
    restarts: 0,
    quickExits: 0,
  };
  const watching = keepUp(watch);
  return {
    dyno: plan.dyno,
    get state() {
      return watch.state;
    },
    get restarts() {
      return watch.restarts;
    },
    get instance() {
      return watch.instance;
    },
    retire: () => watch.retired.abort(),
    async stop(graceMs) {
      watch.retired.abort();
      await watch.instance?.child.end(graceMs);
      await watching;
      await watch.instance?.child.end(graceMs);
      enter(watch, 'stopped');
    },
  };
}

function enter(watch: Watch, state: ProcessState): void {
  watch.state = state;
  watch.plan.onChange();
}

async function keepUp(watch: Watch): Promise<void> {
  const { plan, retired } = watch;
  while (!retired.signal.aborted) {
    if (watch.instance) await untilDown(watch, watch.instance);
    if (retired.signal.aborted) return;
    watch.instance = await restart(plan, retired.signal);
    if (!watch.instance) {
      watch.quickExits += 1;
      await backOff(watch);
    } else if (!retired.signal.aborted) {
      plan.onUp(watch.instance);
      enter(watch, 'up');
    }
  }
}

async function untilDown(watch: Watch, instance: Instance): Promise<void> {
  const upSince = Date.now();
  const exit = await instance.child.exited;
  if (watch.retired.signal.aborted) return;
  watch.plan.onDown();
  watch.plan.say(`Process ended with ${describeExit(exit)}`);
  // What it started and left behind would hold its port.
  await instance.child.end(0);
  watch.instance = undefined;
  watch.quickExits = Date.now() - upSince > steadyMs ? 1 : watch.quickExits + 1;
  await backOff(watch);
}

async function backOff(watch: Watch): Promise<void> {
  enter(watch, watch.quickExits >= crashLoopAfter ? 'crashed' : 'restarting');
  const wait = watch.plan.pause ?? pause;
  await wait(pauseAfter(watch.quickExits), watch.retired.signal);
  watch.restarts += 1;
}

async function restart(plan: SupervisorPlan, signal: AbortSignal): Promise<Instance | undefined> {
  try {
    return await plan.start(signal);
  } catch (error) {
    if (!signal.aborted) plan.say(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
