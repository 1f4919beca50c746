import { Agent, createServer, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { startRouter } from '../src/embedded/run/router';
import { createTarget } from '../src/embedded/run/target';

/** What the embedded platform's router adds to a request: the same clients against the service itself and through the router. */
const clients = 32;
const seconds = 4;

function ask(agent: Agent, port: number): Promise<void> {
  return new Promise((done, fail) => {
    const outgoing = request({ host: '127.0.0.1', port, agent }, (answer) => {
      answer.resume();
      answer.on('end', done);
    });
    outgoing.on('error', fail);
    outgoing.end();
  });
}

async function load(port: number, howMany: number): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: howMany });
  const end = performance.now() + seconds * 1000;
  const times: number[] = [];
  const one = async (): Promise<void> => {
    while (performance.now() < end) {
      const began = performance.now();
      await ask(agent, port);
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: howMany }, one));
  agent.destroy();
  return times.toSorted((a, b) => a - b);
}

function tell(name: string, times: readonly number[]): void {
  const at = (share: number): string => `${(times[Math.floor(times.length * share)] ?? 0).toFixed(2)} ms`;
  console.log(
    `${name.padEnd(20)} ${Math.round(times.length / seconds)} requests/s, p50 ${at(0.5)}, p99 ${at(0.99)}`,
  );
}

async function main(): Promise<void> {
  const service = createServer((_, answer) => answer.end('ok'));
  await new Promise<void>((done) => service.listen(0, '127.0.0.1', done));
  const address = service.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const router = await startRouter({
    preferredPort: 0,
    isReserved: () => false,
    isInMaintenance: () => false,
    explain: () => '',
    onProblem: (text) => console.error(text),
  });
  router.setTargets([createTarget('127.0.0.1', port, 1)]);
  for (const howMany of [1, clients]) {
    await load(port, howMany);
    tell(`direct, ${howMany} clients`, await load(port, howMany));
    tell(`router, ${howMany} clients`, await load(router.port, howMany));
  }
  await router.close();
  service.closeAllConnections();
  service.close();
}

void main();
