import { UserError, isAbort } from '../../../base/errors';
import { connectionLost } from '../../errors/api';
import type { Target } from '../../provider';
import { linesOf, textOf } from '../lines';
import type { Client, KubeParts } from './client';
import { pathsIn } from './names';
import type { NamedPod } from './reading';
import { askPods, get, namedPods } from './reading';
import { merged } from './merge';

/** The logs of all pods of an app, as one: `<time> app[web.1]: <line>`, each line with the time at which the cluster took it. */
export async function* logLines(
  parts: KubeParts,
  target: Target,
  client: Client,
  options: { readonly tail: boolean; readonly lines: number; readonly signal: AbortSignal },
): AsyncIterable<string> {
  const { signal, lines } = options;
  const pods = namedPods(await askPods(client, target, 'process', signal));
  if (!options.tail) {
    yield* await past(client, pods, lines, signal);
    return;
  }
  const stop = new AbortController();
  const all = AbortSignal.any([signal, stop.signal]);
  try {
    yield* merged((add) => follow(parts, target, client, { add, lines, signal: all }), all);
  } finally {
    stop.abort();
  }
}

async function past(
  client: Client,
  pods: readonly NamedPod[],
  lines: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (lines <= 0) return [];
  const found = await Promise.all(
    pods.map(async (named) => {
      const call = get('show logs', pathOf(client, named, `&tailLines=${lines}`));
      const { status, text } = await client.answer(call, signal);
      // A pod that is about to start has none.
      return status === 200
        ? text
            .split('\n')
            .filter((line) => line !== '')
            .map((line) => asLine(client, named, line))
        : [];
    }),
  );
  // Times are all of one form, so their letters sort them; lines of one time keep their order.
  return found
    .flat()
    .toSorted((a, b) => (timeOf(a) < timeOf(b) ? -1 : timeOf(a) > timeOf(b) ? 1 : 0))
    .slice(-lines);
}

const timeOf = (line: string): string => line.slice(0, line.indexOf(' '));

const pathOf = (client: Client, { pod }: NamedPod, more: string): string =>
  `${pathsIn(client.namespace).pods}/${pod.name}/log?container=app&timestamps=true${more}`;

function asLine(client: Client, { name }: NamedPod, line: string): string {
  const text = line.replace(/\r$/, '');
  const cut = text.indexOf(' ');
  const [time, rest] = cut < 0 ? [text, ''] : [text.slice(0, cut), text.slice(cut + 1)];
  return client.clean(`${time} app[${name}]: ${rest}`);
}

interface Following {
  /** Takes one more stream in. */
  readonly add: (lines: AsyncIterable<string>) => void;
  readonly lines: number;
  readonly signal: AbortSignal;
}

/** Looks for new pods from time to time, and follows each to its end. */
async function* follow(
  parts: KubeParts,
  target: Target,
  client: Client,
  { add, lines, signal }: Following,
): AsyncIterable<string> {
  const known = new Set<string>();
  let failures = 0;
  for (;;) {
    try {
      const pods = namedPods(await askPods(client, target, 'process', signal));
      failures = 0;
      for (const named of pods) {
        const { pod } = named;
        if (known.has(pod.uid) || pod.container.state === 'none' || pod.container.state === 'waiting')
          continue;
        known.add(pod.uid);
        add(followPod(parts, client, named, { lines, signal }));
      }
    } catch (error) {
      if (isAbort(error) || !(error instanceof UserError) || failures >= parts.patience.retriesMs.length)
        throw error;
      failures++;
      yield `— new processes can't be looked for at ${parts.now().toISOString()} —`;
    }
    await parts.pause(parts.patience.podsEveryMs, signal);
  }
}

/** A cut is marked, and the log goes on where it was. */
async function* followPod(
  parts: KubeParts,
  client: Client,
  named: NamedPod,
  { lines, signal }: { readonly lines: number; readonly signal: AbortSignal },
): AsyncIterable<string> {
  let last = '';
  let failures = 0;
  for (;;) {
    const from = last === '' ? `&tailLines=${lines}` : `&sinceTime=${encodeURIComponent(last)}`;
    try {
      const { status, body } = await client.open(
        get('show logs', pathOf(client, named, `&follow=true${from}`)),
        signal,
      );
      if (status !== 200) {
        await textOf(body);
        return;
      }
      for await (const line of linesOf(body)) {
        if (line === '') continue;
        failures = 0;
        // What was told before the cut is not told again: since is a whole second.
        if (last !== '' && timeOf(line) <= last) continue;
        yield asLine(client, named, line);
        last = timeOf(line);
      }
      return;
    } catch (error) {
      if (isAbort(error)) throw error;
      const wait = parts.patience.retriesMs[failures];
      if (wait === undefined)
        throw error instanceof UserError ? error : connectionLost(client.where, 'show logs', error);
      failures++;
      yield `— the log of ${named.name} was cut at ${parts.now().toISOString()}; lines may be missing —`;
      await parts.pause(wait, signal);
    }
  }
}
