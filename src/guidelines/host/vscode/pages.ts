import * as vscode from 'vscode';
import { noSuchPage } from '../../errors';
import { rulePage } from '../../explain';
import type { Rule } from '../../rule';

const scheme = 'servicewright-rule';

export interface RulePages extends vscode.Disposable {
  /** Shows the page of a rule, after asking for one when none is given. Throws UserError for one that does not exist. */
  show(id?: string): Promise<void>;
}

/** The pages that explain rules, as read-only Markdown shown in the preview. The rules are loaded when somebody asks for one. */
export function registerRulePages(rules: () => Promise<readonly Rule[]>): RulePages {
  const ruleOf = async (id: string): Promise<Rule | undefined> =>
    (await rules()).find((one) => one.id === id);
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent(uri) {
      const rule = await ruleOf(uri.path.slice(1, -'.md'.length));
      return rule && rulePage(rule);
    },
  });
  return {
    async show(id) {
      const chosen = id ?? (await pickRule(await rules()));
      if (chosen === undefined) return;
      if ((await ruleOf(chosen)) === undefined) throw noSuchPage(chosen);
      const uri = vscode.Uri.from({ scheme, path: `/${chosen}.md` });
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    },
    dispose: () => provider.dispose(),
  };
}

async function pickRule(rules: readonly Rule[]): Promise<string | undefined> {
  const items = rules.map((rule) => ({ label: rule.id, description: rule.severity, detail: rule.summary }));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: 'Which rule?',
    matchOnDetail: true,
  });
  return picked?.label;
}
