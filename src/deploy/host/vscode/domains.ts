import * as vscode from 'vscode';
import { cantDo } from '../../errors';
import type { Domains } from '../../provider';
import { confirm } from './ask';
import type { Parts } from './parts';
import type { Choice } from './selection';

const hostname =
  /^(?=.{1,253}$)(?:\*\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;

/** Asks for a hostname under which the app shall answer, and adds it. */
export async function addDomain(parts: Parts, { provider, target }: Choice): Promise<void> {
  if (!provider.domains) throw cantDo(provider.title, 'add domains');
  const { app, environment } = target;
  const name = await vscode.window.showInputBox({
    prompt: `Hostname for ${app} in ${environment.name}`,
    placeHolder: `${app}.example.com`,
    validateInput: (text) => (hostname.test(text.trim()) ? undefined : 'A name such as orders.example.com.'),
  });
  if (name === undefined) return;
  if (
    environment.protected &&
    !(await confirm(`Add ${name.trim()} to ${app} in ${environment.name}?`, 'Add'))
  )
    return;
  await provider.domains.add(target, name.trim(), new AbortController().signal);
  parts.deployments.refresh();
  tellAfterwards(provider.domains);
}

export async function removeDomain(parts: Parts, { provider, target }: Choice, name: string): Promise<void> {
  if (!provider.domains) throw cantDo(provider.title, 'remove domains');
  const question = `Remove ${name} from ${target.app} in ${target.environment.name}? Nothing answers under it afterwards.`;
  if (!(await confirm(question, 'Remove'))) return;
  await provider.domains.remove(target, name, new AbortController().signal);
  parts.deployments.refresh();
  tellAfterwards(provider.domains);
}

function tellAfterwards({ afterwards }: Domains): void {
  if (afterwards !== undefined) void vscode.window.showInformationMessage(afterwards);
}
