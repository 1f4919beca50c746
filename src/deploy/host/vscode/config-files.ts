import * as vscode from 'vscode';
import { configScheme } from '../../../base/views';
import type { DocumentPatch } from '../../config-document';
import {
  configDocument,
  isEmptyPatch,
  overtaken,
  patchLines,
  patchOf,
  readConfigDocument,
} from '../../config-document';
import { cantDo } from '../../errors';
import { configIsBroken, configLeft, configOvertaken } from '../../errors/config';
import { confirm } from './ask';
import { changeConfig } from './config-change';
import { documentQuery, findChoice } from './document-choice';
import type { Parts } from './parts';
import type { Choice } from './selection';

type Values = Readonly<Record<string, string>>;

/** The address of the document: what a window that is loaded again finds the app by. */
export function configUri({ target }: Choice): vscode.Uri {
  const path = `/${target.app} (${target.environment.name}).config-vars`;
  return vscode.Uri.from({ scheme: configScheme, path, query: documentQuery(target) });
}

/** Opens the variables of an app as a document; saving it is a change of the app. */
export async function editConfig(choice: Choice): Promise<void> {
  if (!choice.provider.config) throw cantDo(choice.provider.title, 'list variables');
  const document = await vscode.workspace.openTextDocument(configUri(choice));
  await vscode.window.showTextDocument(document, { preview: false });
}

/** A file system of one document for each app and environment. What it reads has no values, what it writes goes to the platform. */
export function registerConfigFiles(parts: Parts): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  /** The variables as each document was opened with; a save is measured against them. */
  const seen = new Map<string, Values>();
  const read = async (uri: vscode.Uri): Promise<{ readonly choice: Choice; readonly values: Values }> => {
    const choice = await findChoice(parts, uri);
    const values = await choice.provider.config?.read(choice.target, undefined, new AbortController().signal);
    if (!values) throw cantDo(choice.provider.title, 'list variables');
    return { choice, values };
  };
  let version = 0;
  const problems = registerProblems();
  const files: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: () => ({ type: vscode.FileType.File, ctime: 0, mtime: version, size: 0 }),
    async readFile(uri) {
      const { choice, values } = await read(uri);
      seen.set(uri.toString(), values);
      const { app, environment } = choice.target;
      return new TextEncoder().encode(configDocument(app, environment.name, Object.keys(values)));
    },
    async writeFile(uri, content) {
      await save(parts, { uri, text: new TextDecoder().decode(content), seen, read });
      version += 1;
    },
    readDirectory: () => [],
    createDirectory: refuse,
    delete: refuse,
    rename: refuse,
  };
  // The values that were typed are hidden again; the editor looks only once it is done with saving.
  const hide = ({ uri }: vscode.TextDocument): void => {
    if (uri.scheme !== configScheme) return;
    version += 1;
    changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  };
  return vscode.Disposable.from(
    changed,
    problems,
    vscode.workspace.onDidSaveTextDocument(hide),
    vscode.workspace.registerFileSystemProvider(configScheme, files, { isCaseSensitive: true }),
  );
}

const refuse = (): never => {
  throw vscode.FileSystemError.NoPermissions('Only variables can be changed here.');
};

interface Saving {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly seen: Map<string, Values>;
  read(uri: vscode.Uri): Promise<{ readonly choice: Choice; readonly values: Values }>;
}

/** What it throws is shown by the editor, and the document stays as it was typed. */
async function save(parts: Parts, { uri, text, seen, read }: Saving): Promise<void> {
  const document = readConfigDocument(text);
  const [problem] = document.problems;
  if (problem) throw configIsBroken(problem.line, problem.message);
  const { choice, values } = await read(uri);
  const before = seen.get(uri.toString()) ?? values;
  const patch = patchOf(document, before);
  if (isEmptyPatch(patch)) return;
  const others = overtaken(patch, before, values);
  if (others.length > 0) throw configOvertaken(others);
  const { app, environment } = choice.target;
  const lines = patchLines(patch, before);
  const detail = [...lines, 'This makes one release, and its processes start again.'].join('\n');
  if (!(await confirm(`Change the variables of ${app} in ${environment.name}?`, 'Change', detail)))
    throw configLeft();
  const set = { ...patch.set, ...(await askValues(patch)) };
  const taken = Object.fromEntries(patch.unset.map((name) => [name, null]));
  const message = `Change ${[...Object.keys(set), ...patch.unset].toSorted().join(', ')}`;
  seen.set(uri.toString(), await changeConfig(parts, choice, { ...set, ...taken }, message));
}

async function askValues({ ask }: DocumentPatch): Promise<Values> {
  const out: Record<string, string> = {};
  for (const name of ask) {
    const value = await vscode.window.showInputBox({
      prompt: `Value of ${name}`,
      password: true,
      ignoreFocusOut: true,
    });
    if (value === undefined) throw configLeft();
    out[name] = value;
  }
  return out;
}

/** Marks lines that can't be read while they are typed. */
function registerProblems(): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('servicewright-config');
  const check = (document: vscode.TextDocument): void => {
    if (document.uri.scheme !== configScheme) return;
    const { problems } = readConfigDocument(document.getText());
    collection.set(
      document.uri,
      problems.map(({ line, message }) => new vscode.Diagnostic(document.lineAt(line).range, message)),
    );
  };
  return vscode.Disposable.from(
    collection,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => check(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
  );
}
