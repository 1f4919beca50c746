import { join } from 'node:path';
import { releaseFailed } from '../errors';
import { explain } from '../release/explain';
import { describeExit, shellFor } from '../run/instance';
import { startChild } from '../run/spawn';
import type { Deploying } from './deploying';
import type { ReleaseRecord } from './records';

interface ReleaseRun {
  readonly command: string;
  readonly release: ReleaseRecord;
  readonly env: Readonly<Record<string, string>>;
  say(text: string): void;
}

/** Runs the `release:` command of the Procfile to its end. Throws UserError `embedded/release-failed`, AbortError. */
export async function runRelease({ parts, signal, place }: Deploying, run: ReleaseRun): Promise<void> {
  const { context, store, log } = parts;
  const lines: string[] = [];
  const child = await startChild(
    {
      ...shellFor(run.command),
      cwd: join(store.paths.slugs, run.release.slug),
      env: { ...run.env, DYNO: 'release.1' },
      onLine: (line) => {
        lines.push(line);
        run.say(line);
        log.write('app', 'release.1', line);
      },
    },
    context.runFiles,
  );
  const stop = (): void => void child.end(context.timing.grace);
  signal.addEventListener('abort', stop, { once: true });
  const { command, release } = run;
  const over = place({
    dyno: 'release.1',
    command,
    since: context.now(),
    release: release.n,
    pid: child.pid,
  });
  const exit = await child.exited.finally(() => {
    over();
    signal.removeEventListener('abort', stop);
  });
  // What the command left running in the background would outlive its release.
  await child.end(0);
  signal.throwIfAborted();
  if (exit.code !== 0) throw releaseFailed(run.command, describeExit(exit), explain(lines));
}
