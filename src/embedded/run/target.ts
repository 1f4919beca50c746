import { Agent } from 'node:http';
import type { Socket } from 'node:net';

/** Where requests go: one `web` process of one release. What is under way is counted per target, not per port. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly release: number;
  readonly agent: Agent;
  readonly sockets: Set<Socket>;
  active: number;
  /** Told when the last request under way has ended. */
  onIdle: (() => void) | undefined;
}

export function createTarget(host: string, port: number, release: number): Target {
  return {
    host,
    port,
    release,
    agent: new Agent({ keepAlive: true, maxFreeSockets: 64 }),
    sockets: new Set(),
    active: 0,
    onIdle: undefined,
  };
}

/** Resolves with `true` when nothing is under way on the target any more, with `false` when the time is over or `signal` fires. */
export function drained(target: Target, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
  if (target.active === 0) return Promise.resolve(true);
  return new Promise((resolve) => {
    const settle = (quiet: boolean): void => {
      clearTimeout(timer);
      resolve(quiet);
    };
    const timer = setTimeout(() => settle(false), timeoutMs);
    target.onIdle = () => settle(true);
    signal.addEventListener('abort', () => settle(false), { once: true });
  });
}

/** Ends what a drain does not wait for: kept connections, web sockets and event streams. */
export function closeTarget(target: Target): void {
  target.agent.destroy();
  for (const socket of target.sockets) socket.destroy();
}
