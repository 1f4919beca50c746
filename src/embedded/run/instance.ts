import type { AppLog } from './app-log';
import { freePort } from './ports';
import type { RunFiles } from './run-files';
import type { Child, Command, Exit } from './spawn';
import { startChild } from './spawn';

/** How one process of a release is started. */
export interface InstancePlan {
  /** `web.1`, `worker.1`. */
  readonly dyno: string;
  /** What to run for the port that was found. */
  launch(port: number): Promise<InstanceLaunch>;
  readonly log: AppLog;
  readonly runFiles: RunFiles;
}

interface InstanceLaunch extends Pick<Command, 'file' | 'args' | 'cwd' | 'env'> {
  /** What ends the process may have to end more than it. */
  wrap(child: Child): Child;
}

/** One running process of a release. */
export interface Instance {
  readonly dyno: string;
  readonly port: number;
  readonly child: Child;
  /** Its last lines, for explaining its end. */
  readonly lines: readonly string[];
  readonly since: Date;
}

const keptLines = 60;

/** The system's shell: a Procfile's commands are written for one. */
export function shellFor(command: string): { readonly file: string; readonly args: readonly string[] } {
  return process.platform === 'win32'
    ? { file: process.env['ComSpec'] ?? 'cmd.exe', args: ['/d', '/s', '/c', command] }
    : { file: '/bin/sh', args: ['-c', command] };
}

/** Starts a process on a free port, given as PORT; what it prints goes to the service's log. */
export async function startInstance(plan: InstancePlan): Promise<Instance> {
  const port = await freePort();
  const lines: string[] = [];
  const { wrap, ...line } = await plan.launch(port);
  const child = await startChild(
    {
      ...line,
      onLine: (line) => {
        lines.push(line);
        if (lines.length > keptLines) lines.shift();
        plan.log.write('app', plan.dyno, line);
      },
    },
    plan.runFiles,
  );
  return { dyno: plan.dyno, port, child: wrap(child), lines, since: new Date() };
}

/** `exit code 1`, `signal SIGKILL`. */
export function describeExit({ code, signal }: Exit): string {
  return signal === null ? `exit code ${code ?? 0}` : `signal ${signal}`;
}
