import { get } from 'node:http';
import { listeningHost } from './ports';
import { pause } from './pause';
import { listeningPorts } from './proc';

export interface HealthCheck {
  readonly pid: number;
  readonly port: number;
  /** The path that must answer 200; without it any answer below 500 from `/` will do. */
  readonly path: string | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Told once each: that the port is bound, and that another port was bound instead. */
  onBound(): void;
  onHint(text: string): void;
}

export type Health =
  | { readonly outcome: 'healthy'; readonly host: string }
  | { readonly outcome: 'not-bound'; readonly otherPorts: readonly number[] }
  | { readonly outcome: 'unhealthy'; readonly answer: string };

const hintAfterMs = 3000;

/** Asks until the service answers or the time is over. Throws AbortError. */
export async function waitHealthy(check: HealthCheck): Promise<Health> {
  const started = Date.now();
  let hinted = false;
  let bound = false;
  let answer = 'nothing';
  for (let wait = 25; ; wait = Math.min(wait * 1.3, 250)) {
    check.signal.throwIfAborted();
    const host = await listeningHost(check.port);
    if (host !== undefined) {
      if (!bound) check.onBound();
      bound = true;
      const status = await ask(host, check);
      answer = status;
      if (isHealthy(status, check.path)) return { outcome: 'healthy', host };
    } else if (!hinted && Date.now() - started > hintAfterMs) {
      hinted = await hint(check);
    }
    if (Date.now() - started > check.timeoutMs) break;
    await pause(wait, check.signal);
  }
  if (bound) return { outcome: 'unhealthy', answer };
  return { outcome: 'not-bound', otherPorts: await listeningPorts(check.pid) };
}

async function hint(check: HealthCheck): Promise<boolean> {
  const others = await listeningPorts(check.pid);
  if (others.length === 0) return false;
  check.onHint(`web listens on port ${others.join(', ')}, but must listen on $PORT, which is ${check.port}`);
  return true;
}

function isHealthy(answer: string, path: string | undefined): boolean {
  const status = Number(answer);
  return path === undefined ? status > 0 && status < 500 : status === 200;
}

/** The status as text, or what went wrong. */
function ask(host: string, check: HealthCheck): Promise<string> {
  return new Promise((resolve) => {
    const request = get({
      host,
      port: check.port,
      path: check.path ?? '/',
      timeout: 5000,
      agent: false,
      signal: check.signal,
    });
    request.once('response', (response) => {
      response.resume();
      resolve(String(response.statusCode ?? 0));
    });
    request.once('timeout', () => request.destroy(new Error('no answer within 5 s')));
    request.once('error', (error) => resolve(error.message));
  });
}
