import { isAbort, systemCode } from '../base/errors';
import type { Files, World } from '../base/ports';
import { dirname } from '../base/paths';
import type { Answers } from './answers';
import { completeAnswers } from './answers';
import { cannotWrite, folderExists, notAFolder } from './errors';
import type { FileChange } from './plan';
import { plan } from './plan';
import { createRender } from './render';
import type { Template } from './template';

/** A service that was made. */
export interface Created {
  readonly dir: string;
  readonly files: readonly FileChange[];
  /** What was done with git. */
  readonly git: 'committed' | 'staged' | 'none';
}

/**
 * The files that a new service in `dir` would have; nothing is written.
 * Throws a UserError when an answer, the template or the folder is not usable.
 */
export async function planService(
  template: Template,
  dir: string,
  given: Answers,
  files: Files,
): Promise<readonly FileChange[]> {
  const render = createRender();
  const { context } = completeAnswers(template, given, render);
  const changes = plan(template, context, render, () => undefined);
  await checkFolder(dir, files);
  return changes;
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
  const files = await planService(template, dir, given, world.files);
  let git: Created['git'] = 'none';
  try {
    await world.trees.create(dir, files, {
      signal: world.signal,
      finish: async (staging) => {
        if (template.actions.includes('git-init')) git = await initRepository(staging, template, world);
      },
    });
  } catch (error) {
    throw isAbort(error) ? error : cannotWrite(dir, error);
  }
  return { dir, files, git };
}

async function checkFolder(dir: string, files: Files): Promise<void> {
  const kind = await files.kind(dir);
  if (kind === 'file' || kind === 'other') throw notAFolder(dir);
  if (kind !== undefined && (await files.list(dir)).length > 0) throw folderExists(dir);
  for (let parent = dirname(dir); parent !== '/' && parent !== dirname(parent); parent = dirname(parent))
    if ((await files.kind(parent)) === 'file') throw notAFolder(parent);
}

/** A repository with everything committed, or only staged where git knows no author; none where git is missing. */
async function initRepository(
  dir: string,
  template: Template,
  world: World & { readonly signal: AbortSignal },
): Promise<Created['git']> {
  const git = async (...args: readonly string[]): Promise<boolean> => {
    // Hooks and templates of the user's git are left out: a new repository runs nothing.
    const safe = ['-c', 'core.hooksPath=', '-c', 'commit.gpgSign=false', ...args];
    return (
      (await world.processes.run({ file: 'git', args: safe, cwd: dir, env: cleanGit }, world.signal))
        .exitCode === 0
    );
  };
  try {
    if (!(await git('init', '--quiet', '--initial-branch=main', '--template='))) return 'none';
    if (!(await git('add', '--all'))) return 'none';
    const message = `Start from ${template.id} ${template.version}`;
    return (await git('commit', '--quiet', '--no-verify', '--message', message)) ? 'committed' : 'staged';
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    world.log.warn('git is not on the PATH, so the service has no repository yet.');
    return 'none';
  }
}

/** An outer repository's variables must not redirect the new one. */
const cleanGit = { GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined };
