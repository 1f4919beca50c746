import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Container } from './container';
import type { Played, Terminals } from './terminals';
import { createTerminals } from './terminals';

/** A kubelet's end of `exec`: the command runs for real, with a terminal of its own (script(1)), where the container's command does. */
export function createExec(containers: ReadonlyMap<string, Container>): Terminals {
  const terminals = createTerminals();
  const running = new Map<Played, ChildProcess>();
  terminals.play = (played) => {
    const child = running.get(played);
    if (child) child.stdin?.write(played.typed.splice(0).join(''));
    else running.set(played, start(containers, played));
  };
  return terminals;
}

function start(containers: ReadonlyMap<string, Container>, played: Played): ChildProcess {
  const [, , , pod = ''] = played.path.split('/');
  const inside = containers.get(pod)?.inside;
  const [size] = played.sizes as { readonly Width: number; readonly Height: number }[];
  const sized = `stty cols ${size?.Width ?? 80} rows ${size?.Height ?? 24}; ${played.command}`;
  const child = spawn('script', ['--quiet', '--flush', '--return', '--command', sized, '/dev/null'], inside);
  child.stdout.on('data', (data: Buffer) => played.show(data));
  child.on('close', (code) => played.end(code ?? 137));
  return child;
}
