import { runFailed, runNotStarted } from '../../errors/kubernetes';
import type { Target } from '../../provider';
import { linesOf, textOf } from '../lines';
import type { Client, KubeParts } from './client';
import { get } from './reading';
import type { Running } from './run-pod';
import { isOver, podAt, removePod, startPod } from './run-pod';

/** What a command prints in a pod of its own, with the image and the variables of the release that runs. The pod is taken away at the end. */
export async function* runLines(
  parts: KubeParts,
  target: Target,
  client: Client,
  { command, signal }: { readonly command: string; readonly signal: AbortSignal },
): AsyncIterable<string> {
  const running = await startPod(parts, target, client, { command, inside: command, signal });
  try {
    yield* linesUntilEnd(client, running.path, signal);
    await ended(parts, client, running);
  } finally {
    await removePod(client, running);
  }
}

async function* linesUntilEnd(client: Client, path: string, signal: AbortSignal): AsyncIterable<string> {
  const { status, body } = await client.open(
    get('show what it prints', `${path}/log?container=app&follow=true`),
    signal,
  );
  if (status !== 200) {
    const call = get('show what it prints', path);
    throw client.refusal({ status, text: await textOf(body) }, call);
  }
  for await (const line of linesOf(body)) yield client.clean(line);
}

/** The log can end a moment before the pod is told to have. */
async function ended(parts: KubeParts, client: Client, running: Running): Promise<void> {
  const began = parts.now().getTime();
  for (;;) {
    const pod = await podAt(client, running);
    if (isOver(pod)) {
      const code = pod.container.exitCode ?? (pod.phase === 'Succeeded' ? 0 : 1);
      if (code !== 0)
        throw runFailed(running.command, code, pod.container.reason === 'Error' ? '' : pod.container.reason);
      return;
    }
    if (parts.now().getTime() - began > parts.patience.blindMs)
      throw runNotStarted(running.command, 'its output ended, and nobody says how it did');
    await parts.pause(parts.patience.lookEveryMs, running.signal);
  }
}
