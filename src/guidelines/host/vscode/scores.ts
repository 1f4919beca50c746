import * as vscode from 'vscode';
import { isConfigPath } from '../../config/names';
import type { ScoreTally } from '../../score';
import { draggedDownBy, foundText, isScoreTally, scoreOf } from '../../score';
import type { RunningClient } from './client';

/** How a description fares, for people. */
export interface Score {
  /** From 1 to 100. */
  readonly value: number;
  /** `1 error, 3 warnings`. */
  readonly found: string;
  /** What costs most, worst first. */
  readonly causes: readonly string[];
}

/** The scores of descriptions, open or not. */
export interface Scores extends vscode.Disposable {
  /** Undefined for what is no description, and while guidelines are off. */
  of(uri: vscode.Uri): Promise<Score | undefined>;
  /** Some score may be another. */
  readonly onDidChange: vscode.Event<void>;
}

/** Milliseconds without a change before anybody is told: a view is not drawn at each keystroke. */
const quiet = 500;

/** Asks the language server when somebody asks for a score; `client` starts it if need be. */
export function createScores(client: () => Promise<RunningClient>): Scores {
  const known = new Map<string, Promise<Score | undefined>>();
  const changed = new vscode.EventEmitter<void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const forget = (uris: readonly vscode.Uri[]): void => {
    const gone = uris.filter((uri) => known.delete(uri.toString()));
    if (gone.length === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => changed.fire(), quiet);
  };
  const ask = async (uri: vscode.Uri): Promise<Score | undefined> => {
    const answer = await (await client()).ask('servicewright/score', { uri: uri.toString() });
    return isScoreTally(answer) ? told(answer) : undefined;
  };
  const listeners = [
    vscode.languages.onDidChangeDiagnostics(({ uris }) => forget(uris)),
    vscode.workspace.onDidSaveTextDocument(({ uri }) =>
      forget(isConfigPath(uri.path) ? [...known.keys()].map((one) => vscode.Uri.parse(one)) : [uri]),
    ),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('servicewright.guidelines'))
        forget([...known.keys()].map((one) => vscode.Uri.parse(one)));
    }),
  ];
  return {
    of(uri) {
      const key = uri.toString();
      let score = known.get(key);
      if (score === undefined) {
        score = ask(uri);
        score.catch(() => known.delete(key));
        known.set(key, score);
      }
      return score;
    },
    onDidChange: changed.event,
    dispose() {
      clearTimeout(timer);
      vscode.Disposable.from(...listeners, changed).dispose();
    },
  };
}

const told = (tally: ScoreTally): Score => ({
  value: scoreOf(tally),
  found: foundText(tally),
  causes: draggedDownBy(tally),
});
