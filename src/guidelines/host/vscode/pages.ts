import * as vscode from 'vscode';
import { noSuchPage } from '../../errors';
import { rulePage } from '../../explain';
import type { Rule } from '../../rule';

const scheme = 'servicewright-rule';

export interface RulePages extends vscode.Disposable {
  /** Shows the page of a rule, after asking for one when none is given. Throws UserError for one that does not exist. */
  show(id?: string): Promise<void>;
}

/** The pages that explain rules, as read-only Markdown shown in the preview. */
export function registerRulePages(): RulePages {
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent(uri) {
      const rule = await ruleOf(uri.path.slice(1, -'.md'.length));
      return rule && rulePage(rule);
    },
  });
  return { show, dispose: () => provider.dispose() };
}

/** The rules are loaded when somebody asks for one, not with the extension. */
async function rules(): Promise<readonly Rule[]> {
  return (await import('../../rules/index.gen')).allRules;
}

async function ruleOf(id: string): Promise<Rule | undefined> {
  return (await rules()).find((one) => one.id === id);
}

async function show(id?: string): Promise<void> {
  const chosen = id ?? (await pickRule());
  if (chosen === undefined) return;
  if ((await ruleOf(chosen)) === undefined) throw noSuchPage(chosen);
  await vscode.commands.executeCommand(
    'markdown.showPreview',
    vscode.Uri.from({ scheme, path: `/${chosen}.md` }),
  );
}

async function pickRule(): Promise<string | undefined> {
  const items = (await rules()).map((rule) => ({
    label: rule.id,
    description: rule.severity,
    detail: rule.summary,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: 'Which rule?',
    matchOnDetail: true,
  });
  return picked?.label;
}
