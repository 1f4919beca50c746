import type { UserError } from '../base/errors';
import { isAbort } from '../base/errors';
import { join } from '../base/paths';
import type { Files, World } from '../base/ports';
import type { Answers } from './answers';
import { completeAnswers } from './answers';
import { cannotWrite, inTheWay } from './errors';
import type { GitResult } from './git';
import { initRepository } from './git';
import type { FileChange, Standing } from './plan';
import { plan } from './plan';
import { createRender } from './render';
import type { Template } from './template';

/** What making a service would do. */
export interface ServicePlan {
  readonly files: readonly FileChange[];
  /** Why it can't be made, as far as that can be told before; undefined when nothing stands in its way. */
  readonly obstacle: UserError | undefined;
}

/** A service that was made. */
export interface Created {
  readonly dir: string;
  readonly files: readonly FileChange[];
  readonly git: GitResult;
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
  const render = createRender();
  const { context } = completeAnswers(template, given, render);
  const found = await world.trees.obstacle(dir);
  const fresh = plan(template, context, render, () => undefined);
  if (!found) return { files: fresh, obstacle: undefined };
  const standing = await readStanding(dir, fresh, world.files);
  const files = plan(template, context, render, (path) => standing.get(path));
  return { files, obstacle: inTheWay(dir, found) };
}

/**
 * Makes the service: all of its files and, if the template asks for it, its git repository, or nothing at all.
 * Throws UserError `scaffold/…`, AbortError on cancel.
 */
export async function createService(
  template: Template,
  dir: string,
  given: Answers,
  world: World & { readonly signal: AbortSignal },
): Promise<Created> {
  const { files, obstacle } = await planService(template, dir, given, world);
  if (obstacle) throw obstacle;
  const result: { git: GitResult } = { git: { outcome: 'none' } };
  const finish = async (staging: string): Promise<void> => {
    if (!template.actions.some((one) => one.type === 'git-init')) return;
    const message = `Start from ${template.id} ${template.version}`;
    result.git = await initRepository({ staging, dir, message }, world);
  };
  try {
    await world.trees.create(dir, files, { signal: world.signal, finish });
  } catch (error) {
    throw isAbort(error) ? error : cannotWrite(dir, error);
  }
  if (result.git.detail !== undefined) world.log.warn(result.git.detail);
  return { dir, files, git: result.git };
}

async function readStanding(
  dir: string,
  files: readonly FileChange[],
  port: Files,
): Promise<ReadonlyMap<string, Standing>> {
  const standing = new Map<string, Standing>();
  for (const { path } of files) {
    const at = join(dir, path);
    const kind = await port.kind(at);
    if (kind !== undefined) standing.set(path, kind === 'file' ? await port.readBytes(at) : 'other');
  }
  return standing;
}
