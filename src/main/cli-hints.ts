/** What a person can do about an error, in words for the command line: there are no buttons here. */
import type { Fix } from '../base/errors';
import { isString } from '../base/json';

/** What stands for a command of the editor. */
const commands: Readonly<Record<string, (args: readonly unknown[]) => string>> = {
  'servicewright.newMicroservice': () =>
    'servicewright new <template> <dir> makes one; servicewright templates lists the templates',
  'servicewright.deploy.start': () => 'servicewright deploy',
  'servicewright.deploy.signIn': ([environment]) =>
    isString(environment) ? `servicewright login --to ${environment}` : 'servicewright login',
  'servicewright.platform.start': () => 'servicewright platform start',
  'servicewright.guidelines.explainRule': () => 'servicewright rules lists them',
  'workbench.action.reloadWindow': () => 'update servicewright, then run the same command again',
  'servicewright.tasks.refresh': () => 'servicewright tasks lists them',
};

/** One line; undefined where an error is about the editor alone, so that nothing here helps. */
export function hintOf(fix: Fix): string | undefined {
  switch (fix.kind) {
    case 'hint':
      return fix.label;
    case 'command':
      return Object.hasOwn(commands, fix.command) ? commands[fix.command]?.(fix.args ?? []) : undefined;
    case 'setting':
      return `in the editor it is the setting servicewright.${fix.setting.replace(/^servicewright\./, '')}`;
    case 'file':
      return `look into ${fix.path}${fix.line === undefined ? '' : `:${fix.line}`}`;
    case 'url':
      return `${fix.label}: ${fix.url}`;
  }
}
