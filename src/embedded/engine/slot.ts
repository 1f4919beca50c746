import type { Supervisor } from '../run/supervisor';
import { supervise } from '../run/supervisor';
import type { Target } from '../run/target';
import { closeTarget, drained } from '../run/target';
import type { AppParts, BootOptions, Booted } from './boot';
import { bootWeb, environmentOf, startDyno } from './boot';
import type { ReleaseRecord } from './records';

/** One place in a formation, `web.2`: the process that stands there now and who starts it again. */
export interface Slot {
  readonly type: string;
  /** From one. */
  readonly n: number;
  readonly dyno: string;
  readonly supervisor: Supervisor;
  /** Where its requests go; `web` alone has one. */
  readonly target: Target | undefined;
  /** From now on it is not started again, and takes no requests that it does not have already. */
  retire(): void;
  stop(graceMs: number): Promise<void>;
  /** Another process for the same place, up already where it is a `web`. Throws what booting throws. */
  successor(): Promise<Slot>;
}

interface Place {
  readonly type: string;
  readonly n: number;
  /** A process that runs already and answers. */
  readonly booted?: Booted;
}

/** Fills a place: from now on a process runs there, and takes requests where it is a `web`. */
export function startSlot(parts: AppParts, release: ReleaseRecord, { type, n, booted }: Place): Slot {
  const { log, router } = parts;
  const dyno = `${type}.${n}`;
  const say = (text: string): void => log.write('platform', dyno, text);
  let target = booted?.target;
  let isRetired = false;
  const boot = (signal: AbortSignal): Promise<Booted> => bootSlot(parts, release, { dyno, say, signal });
  if (target) router.add(target);
  const supervisor = supervise({
    dyno,
    say,
    onChange: () => parts.changed(),
    ...(booted ? { first: booted.instance } : {}),
    async start(signal) {
      if (type !== 'web') return startDyno(parts, release, dyno, await environmentOf(parts, release, say));
      const next = await boot(signal);
      target = next.target;
      return next.instance;
    },
    onUp: () => {
      if (target && !isRetired) router.add(target);
    },
    onDown: () => {
      if (!target) return;
      router.remove(target);
      closeTarget(target);
    },
  });
  return {
    type,
    n,
    dyno,
    supervisor,
    get target() {
      return target;
    },
    retire() {
      isRetired = true;
      supervisor.retire();
    },
    stop: (graceMs) => supervisor.stop(graceMs),
    async successor() {
      if (type !== 'web') {
        await supervisor.stop(parts.context.timing.grace);
        return startSlot(parts, release, { type, n });
      }
      return startSlot(parts, release, { type, n, booted: await boot(new AbortController().signal) });
    },
  };
}

async function bootSlot(
  parts: AppParts,
  release: ReleaseRecord,
  options: Pick<BootOptions, 'dyno' | 'say' | 'signal'>,
): Promise<Booted> {
  const env = await environmentOf(parts, release, options.say);
  return bootWeb(parts, release, { ...options, env, onBound: () => undefined });
}

/** Takes the place out of the router and waits for the requests under way; `false` when the time was over, or `signal` fired, first. */
export async function drainSlot(
  { router }: AppParts,
  slot: Slot,
  withinMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  slot.retire();
  const { target } = slot;
  if (!target) return true;
  router.remove(target);
  const isQuiet = await drained(target, withinMs, signal);
  closeTarget(target);
  return isQuiet;
}
