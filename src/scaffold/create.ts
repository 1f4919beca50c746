import type { UserError } from '../base/errors';
import { isAbort } from '../base/errors';
import { basename } from '../base/paths';
import type { World } from '../base/ports';
import type { Answers } from './answers';
import { completeAnswers } from './answers';
import { blockedFiles, cannotWrite, conflictingFiles, inTheWay } from './errors';
import type { GitResult } from './git';
import { initRepository } from './git';
import { holds } from './condition';
import type { FileChange, Standing } from './plan';
import { compareFiles, renderOf, renderService } from './plan';
import type { Context } from './render';
import { readStanding } from './standing';
import type { ActionType, Template, TemplateAction } from './template';
import { spellings } from './words';

/** What making a service would do. */
export interface ServicePlan {
  readonly dir: string;
  readonly files: readonly FileChange[];
  /** Whether the folder is there and holds something; then each conflict needs a decision. */
  readonly intoExisting: boolean;
  /** Why it can't be made whatever is decided, as far as that can be told before; undefined when nothing stands in its way. */
  readonly obstacle: UserError | undefined;
  /** What the template asks to be done afterwards. */
  readonly actions: readonly TemplateAction[];
  /** Keys that were given and are not asked after the other answers. */
  readonly ignored: readonly string[];
}

/** What becomes of a file that is in conflict: what stands there stays, or the template's replaces it. */
export type Decision = 'keep' | 'overwrite';

/** A service that was made. */
export interface Created {
  readonly dir: string;
  readonly files: readonly FileChange[];
  readonly git: GitResult;
  /** Files that stood there and were kept. */
  readonly kept: readonly string[];
  /** What git could not do, as a person does it. */
  readonly byHand: readonly string[];
  /** What is still to be done, or offered. */
  readonly actions: readonly TemplateAction[];
  readonly ignored: readonly string[];
}

/**
 * The files that a new service in `dir` would have, each compared with what stands there; nothing is written.
 * Throws a UserError when an answer or the template is not usable.
 */
export async function planService(
  template: Template,
  dir: string,
  given: Answers,
  world: Pick<World, 'files' | 'trees'>,
): Promise<ServicePlan> {
  const completed = completeAnswers(template, given, renderOf(template));
  const rendered = await renderService(template, completed, nameOf(completed.context, dir));
  const found = await world.trees.obstacle(dir);
  const standing = found ? await readStanding(dir, rendered, world.files) : new Map<string, Standing>();
  const files = compareFiles(rendered, (path) => standing.get(path));
  return {
    dir,
    files,
    intoExisting: found?.code === 'ENOTEMPTY',
    obstacle: obstacleOf(dir, found, files),
    actions: template.actions.filter((action) => holds(action.when, completed.context)),
    ignored: completed.ignored,
  };
}

/** The name of the service in a manifest that the template does not bring. */
function nameOf(context: Context, dir: string): string {
  const name = typeof context['name'] === 'string' ? context['name'] : basename(dir);
  const kebab = spellings['kebab']?.(name) ?? '';
  return /^[a-z]/.test(kebab) ? kebab : 'service';
}

function obstacleOf(
  dir: string,
  found: Awaited<ReturnType<World['trees']['obstacle']>>,
  files: readonly FileChange[],
): UserError | undefined {
  if (!found) return undefined;
  if (found.code !== 'ENOTEMPTY') return inTheWay(dir, found);
  const blocked = files.filter((file) => file.standing === 'other').map((file) => file.path);
  return blocked.length === 0 ? undefined : blockedFiles(dir, blocked);
}

export type CreateWorld = World & {
  readonly signal: AbortSignal;
  /** What becomes of each conflict in a folder that holds something; without it, or where it says nothing, nothing is made. */
  readonly decide?: (change: FileChange) => Decision | undefined;
};

/**
 * Makes the service: all of its files and, if the template asks for it and the folder is new, its git repository, or nothing at all.
 * Throws UserError `scaffold/…`, AbortError on cancel.
 */
export async function createService(
  template: Template,
  dir: string,
  given: Answers,
  world: CreateWorld,
): Promise<Created> {
  const plan = await planService(template, dir, given, world);
  if (plan.obstacle) throw plan.obstacle;
  const undecided = plan.files.filter(
    (file) => file.kind === 'conflict' && world.decide?.(file) === undefined,
  );
  if (undecided.length > 0)
    throw conflictingFiles(
      dir,
      undecided.map((file) => file.path),
    );
  try {
    return plan.intoExisting ? await fill(plan, world) : await make(plan, template, world);
  } catch (error) {
    throw isAbort(error) ? error : cannotWrite(dir, error, plan.intoExisting ? 'changed' : 'created');
  }
}

const asks = ({ actions }: ServicePlan, type: ActionType): boolean =>
  actions.some((action) => action.type === type);

/** What is left to do once git is done with. */
const after = ({ actions }: ServicePlan): readonly TemplateAction[] =>
  actions.filter((action) => action.type !== 'git-init');

const byHand = ({ actions }: ServicePlan, { outcome }: GitResult): readonly string[] =>
  outcome === 'missing' || outcome === 'failed'
    ? actions.filter((action) => action.type === 'git-init').map((action) => action.manual)
    : [];

async function make(plan: ServicePlan, template: Template, world: CreateWorld): Promise<Created> {
  const { dir, files, ignored } = plan;
  const result: { git: GitResult } = { git: { outcome: 'none' } };
  const finish = async (staging: string): Promise<void> => {
    if (!asks(plan, 'git-init')) return;
    const message = `Start from ${template.id} ${template.version}`;
    result.git = await initRepository({ staging, dir, message }, world);
  };
  await world.trees.create(dir, files, { signal: world.signal, finish });
  if (result.git.detail !== undefined) world.log.warn(result.git.detail);
  return {
    dir,
    files,
    git: result.git,
    kept: [],
    byHand: byHand(plan, result.git),
    actions: after(plan),
    ignored,
  };
}

/** Writes what is missing into a folder that holds something, and what a person decided to replace. */
async function fill(plan: ServicePlan, world: CreateWorld): Promise<Created> {
  const { dir, files, ignored } = plan;
  const kept = files.filter((file) => file.kind === 'conflict' && world.decide?.(file) === 'keep');
  const edits = files
    .filter((file) => file.kind !== 'same' && !kept.includes(file))
    .map(({ path, standing, bytes, executable }) => ({
      path,
      seen: standing === 'other' ? undefined : standing,
      next: { bytes, executable },
    }));
  const left = await world.trees.change(dir, edits, { signal: world.signal });
  const git: GitResult = { outcome: asks(plan, 'git-init') ? 'left' : 'none' };
  return {
    dir,
    files,
    git,
    byHand: [],
    kept: [...kept.map((file) => file.path), ...left],
    actions: after(plan),
    ignored,
  };
}
