import { isAbort, messageOf, systemCode } from '../base/errors';
import type { World } from '../base/ports';
import type { Created } from './create';
import type { Template, TemplateAction } from './template';

/** What became of one action that runs a task. */
export interface ActionResult {
  readonly action: TemplateAction;
  /** `offered`: nothing was run, it is for a person to do or to ask for. */
  readonly outcome: 'done' | 'failed' | 'offered';
  /** The last lines of what it said, where it failed. */
  readonly lines: readonly string[];
}

/** The actions that run a program in the new service. */
export const taskActions = (actions: readonly TemplateAction[]): readonly TemplateAction[] =>
  actions.filter((action) => action.task !== undefined);

/** Whether the actions of a template are run unasked: only those that came with the tool are. */
export const runsUnasked = (template: Pick<Template, 'source'>): boolean => template.source === 'bundled';

/**
 * Runs a task of the service: a target of its Makefile. Never fails but by AbortError: the service is there whatever becomes of it.
 */
export async function runAction(
  action: TemplateAction,
  dir: string,
  { processes, signal }: Pick<World, 'processes'> & { readonly signal: AbortSignal },
): Promise<ActionResult> {
  const failed = (text: string): ActionResult => ({ action, outcome: 'failed', lines: lastLines(text) });
  try {
    const line = { file: 'make', args: [action.task ?? ''], cwd: dir };
    const { exitCode, stdout, stderr } = await processes.run(line, signal);
    if (exitCode === 0) return { action, outcome: 'done', lines: [] };
    return failed(`${stdout}\n${stderr}\nmake ${action.task ?? ''} ended with ${exitCode}`);
  } catch (error) {
    if (isAbort(error)) throw error;
    return failed(systemCode(error) === 'ENOENT' ? 'make is not on the PATH' : messageOf(error));
  }
}

const lastLines = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-10);

/** Runs all tasks in turn; after one that failed the others are only offered, since they may need it. */
export async function runActions(
  { actions, dir }: Pick<Created, 'actions' | 'dir'>,
  template: Pick<Template, 'source'>,
  world: Pick<World, 'processes'> & {
    readonly signal: AbortSignal;
    readonly onStart?: (action: TemplateAction) => void;
  },
): Promise<readonly ActionResult[]> {
  const results: ActionResult[] = [];
  let mayRun = runsUnasked(template);
  for (const action of taskActions(actions)) {
    if (!mayRun) {
      results.push({ action, outcome: 'offered', lines: [] });
      continue;
    }
    world.onStart?.(action);
    const result = await runAction(action, dir, world);
    results.push(result);
    mayRun = result.outcome === 'done';
  }
  return results;
}
