import * as vscode from 'vscode';
import { preflightPage } from '../../preflight/page';
import type { Prepared, Wish } from '../../prepare';
import { prepareDeploy } from '../../prepare';
import type { Note } from '../../provider';
import type { Parts } from './parts';
import type { Choice } from './selection';

/** Looks at the tree and at the platform as a deploy would, and changes nothing. */
export function look({ host }: Parts, choice: Choice, wish: Wish): Thenable<Prepared> {
  const options = { location: vscode.ProgressLocation.Window, title: `Checking ${choice.target.app}` };
  const { world, specs } = host;
  return vscode.window.withProgress(options, () =>
    prepareDeploy(choice, wish, { ...world, specs }, new AbortController().signal),
  );
}

export function wishOf({ host }: Parts, { service }: Choice): Wish {
  const python = host.settings.get('platform.python', service.dir);
  return {
    build: host.settings.get('deploy.image', service.dir) === 'docker',
    ...(python === '' ? {} : { python }),
  };
}

/** Shows all that is known before a deploy as a page. Gives the notes to whoever ran the command. */
export async function showCheck(
  parts: Parts,
  choice: Choice,
  known?: Prepared,
): Promise<readonly Pick<Note, 'level' | 'code' | 'message'>[]> {
  if (!known) await vscode.workspace.saveAll(false);
  const prepared = known ?? (await look(parts, choice, wishOf(parts, choice)));
  const { app, environment } = choice.target;
  const uri = parts.pages.put(
    `Before deploying ${app} to ${environment.name}.md`,
    preflightPage(choice.target, prepared),
  );
  await vscode.commands.executeCommand('markdown.showPreview', uri);
  return prepared.notes;
}
