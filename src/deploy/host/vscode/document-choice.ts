import * as vscode from 'vscode';
import { notTrusted } from '../../errors';
import { noSuchDocument } from '../../errors/config';
import type { Target } from '../../provider';
import type { Parts } from './parts';
import type { Choice } from './selection';

/** What the address of a document of ours says of its app, so that a window that is loaded again finds it. */
export const documentQuery = ({ dir, environment }: Target): string =>
  new URLSearchParams({ dir, environment: environment.name }).toString();

/** The service and environment that a document is about. Throws UserError `deploy/not-trusted`, `deploy/no-such-document`. */
export async function findChoice({ selection }: Pick<Parts, 'selection'>, uri: vscode.Uri): Promise<Choice> {
  if (!vscode.workspace.isTrusted) throw notTrusted();
  const query = new URLSearchParams(uri.query);
  const found = (await selection.all()).find(
    ({ target }) => target.dir === query.get('dir') && target.environment.name === query.get('environment'),
  );
  if (!found) throw noSuchDocument(uri.path.slice(1));
  return found;
}
