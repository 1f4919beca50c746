import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Container, Line } from './container';

/** The kubelet's own `/containerLogs/<namespace>/<pod>/<container>`, which the API server fetches logs from. */
export function serveLog(
  containers: ReadonlyMap<string, Container>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const url = new URL(request.url ?? '/', 'https://kubelet');
  const [, kind, , pod = ''] = url.pathname.split('/');
  const container = containers.get(pod);
  if (kind !== 'containerLogs' || !container) {
    response.writeHead(404).end('not found');
    return;
  }
  const asked = url.searchParams;
  const has = (key: string): boolean => asked.get(key) === 'true';
  const write = ({ at, text }: Line): boolean =>
    response.write(`${has('timestamps') ? `${at} ` : ''}${text}\n`);
  response.writeHead(200, { 'content-type': 'text/plain' });
  const lines = has('previous') ? container.previous : container.lines;
  const tail = asked.get('tailLines');
  const since = asked.get('sinceTime');
  let told = tail === null ? 0 : Math.max(0, lines.length - Number(tail));
  const flush = (): void => {
    for (; told < lines.length; told++) {
      const line = lines[told];
      if (line && (since === null || line.at.slice(0, 19) >= since.slice(0, 19))) write(line);
    }
  };
  flush();
  if (!has('follow') || container.isOver) {
    response.end();
    return;
  }
  const off = container.onChange(() => {
    // A container that was started again has another log; this one is at its end.
    if (container.lines !== lines || container.isOver) {
      flush();
      off();
      response.end();
    } else flush();
  });
  response.on('close', off);
  response.flushHeaders();
}
