import type { AppLog } from './app-log';
import { freePort } from './ports';
import type { RunFiles } from './run-files';
import type { Child, Exit } from './spawn';
import { startChild } from './spawn';

/** How one process of a release is started. */
export interface InstancePlan {
  /** `web.1`, `worker.1`. */
  readonly dyno: string;
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly log: AppLog;
  readonly runFiles: RunFiles;
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
  const child = await startChild(
    {
      ...shellFor(plan.command),
      cwd: plan.cwd,
      env: { ...plan.env, PORT: String(port), DYNO: plan.dyno },
      onLine: (line) => {
        lines.push(line);
        if (lines.length > keptLines) lines.shift();
        plan.log.write('app', plan.dyno, line);
      },
    },
    plan.runFiles,
  );
  return { dyno: plan.dyno, port, child, lines, since: new Date() };
}

/** `exit code 1`, `signal SIGKILL`. */
export function describeExit({ code, signal }: Exit): string {
  return signal === null ? `exit code ${code ?? 0}` : `signal ${signal}`;
}
