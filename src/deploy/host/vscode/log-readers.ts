import * as vscode from 'vscode';
import { messageOf } from '../../../base/errors';
import { pause } from '../../../base/pause';
import { logScheme } from '../../../base/views';
import type { LogBuffer } from '../../logs/buffer';
import { createLogBuffer, mark } from '../../logs/buffer';
import { readLog } from '../../logs/reader';
import { findChoice } from './document-choice';
import type { Parts } from './parts';
import type { Choice } from './selection';

/** A log that is read as long as a tab shows it. */
export interface Followed {
  readonly buffer: LogBuffer;
  readonly choice: Choice;
  readonly reading: AbortController;
  /** What it is filtered by. */
  said: string;
  /** The release that served when it was last looked at. */
  release: number | undefined;
}

export interface LogReaders extends vscode.Disposable {
  of(uri: vscode.Uri): Followed | undefined;
  /** Begins to read, unless that is done already. Throws what finding the app throws. */
  start(uri: vscode.Uri): Promise<void>;
}

/** Reads logs into buffers; `changed` is told when one has another text. */
export function createLogReaders(
  parts: Omit<Parts, 'logDocuments'>,
  changed: (uri: vscode.Uri) => void,
): LogReaders {
  const followed = new Map<string, Followed>();
  const stop = (uri: vscode.Uri): void => {
    followed.get(uri.toString())?.reading.abort();
    followed.delete(uri.toString());
  };
  const begin = (uri: vscode.Uri, choice: Choice): Followed => {
    const buffer = createLogBuffer();
    const one = { buffer, choice, reading: new AbortController(), said: '', release: undefined };
    const { provider, target } = choice;
    const tell = (): void => changed(uri);
    const { signal } = one.reading;
    const reading = { provider, target, buffer, pause, now: parts.host.world.now, signal, changed: tell };
    // Once nothing reads any more, showing it again begins anew.
    void readLog(reading).then(() => one.reading.abort());
    return one;
  };
  const registered = vscode.Disposable.from(
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const uri of closed.map(uriOf)) if (uri && !isShown(uri)) stop(uri);
    }),
    parts.deployments.onDidRefresh(() => {
      for (const [key, one] of followed) void markRelease(parts, one, () => changed(vscode.Uri.parse(key)));
    }),
  );
  return {
    of: (uri) => followed.get(uri.toString()),
    async start(uri) {
      const key = uri.toString();
      const choice = await findChoice(parts, uri);
      const known = followed.get(key);
      if (!known || known.reading.signal.aborted) followed.set(key, begin(uri, choice));
    },
    dispose() {
      for (const one of followed.values()) one.reading.abort();
      registered.dispose();
    },
  };
}

const uriOf = ({ input }: vscode.Tab): vscode.Uri | undefined =>
  input instanceof vscode.TabInputText && input.uri.scheme === logScheme ? input.uri : undefined;

const isShown = (uri: vscode.Uri): boolean =>
  vscode.window.tabGroups.all.some((group) =>
    group.tabs.some((tab) => uriOf(tab)?.toString() === uri.toString()),
  );

/** On a platform whose log does not tell of releases the log gets a mark where another one runs than before. */
async function markRelease(
  { deployments, host }: Omit<Parts, 'logDocuments'>,
  one: Followed,
  changed: () => void,
): Promise<void> {
  if (one.choice.provider.caps.local === true) return;
  const status = await deployments.status(one.choice).catch((error: unknown) => {
    host.world.log.debug(`What runs could not be asked: ${messageOf(error)}`);
    return undefined;
  });
  const release = status?.release;
  if (release === undefined || release === one.release) return;
  if (one.release !== undefined) {
    one.buffer.note(mark(`v${release} runs since ${host.world.now().toISOString()}`));
    changed();
  }
  one.release = release;
}
