import type { World } from '../base/ports';
import type { CommitLine, TreeFacts } from './git';
import { commitsBetween, readTree } from './git';
import { commitOfImage, imageOfCommit, parseImage } from './image';
import { preflightNotes } from './preflight';
import type { SpecChecks } from './preflight/checks';
import type { DeployRequest, Note, Plan, Provider, Target } from './provider';

/** What the person said of a deploy, before anything was looked at. */
export interface Wish {
  readonly image?: string;
  readonly message?: string;
  readonly python?: string;
  /** Build the image here and push it, instead of taking the one that CI made. */
  readonly build?: boolean;
  /** The release of another app of the same platform, instead of the folder. */
  readonly from?: { readonly app: string; readonly release: number };
}

/** All that is known before a deploy acts. Nothing was changed to know it. */
export interface Prepared {
  readonly request: DeployRequest;
  readonly facts: TreeFacts;
  readonly plan: Plan;
  /** Commits of the service that the running release lacks, newest first; undefined where that is not known. */
  readonly commits?: readonly CommitLine[];
  /** The platform's notes and those about the tree. */
  readonly notes: readonly Note[];
  readonly build: boolean;
}

/** What preparing takes of the world; without `specs` API descriptions are not checked. */
export type PrepareWorld = Pick<World, 'processes' | 'files' | 'now'> & {
  readonly specs?: SpecChecks | undefined;
};

/**
 * Looks at the tree and at the platform. Asks git, so only for folders that are trusted.
 * Throws what the provider throws when the platform can't be asked at all.
 */
export async function prepareDeploy(
  { provider, target }: { readonly provider: Provider; readonly target: Target },
  wish: Wish,
  world: PrepareWorld,
  signal: AbortSignal,
): Promise<Prepared> {
  const facts = await readTree(target.dir, world.processes, signal);
  const build = wish.build === true && provider.caps.source === 'image';
  const image = imageWished(provider, () => imageFor(target, wish, facts, world.now()), wish);
  const request: DeployRequest = {
    ...(wish.message === undefined && provider.caps.source === 'tree'
      ? {}
      : { message: messageFor(wish, facts, image) }),
    ...(wish.python === undefined ? {} : { python: wish.python }),
    ...(image === undefined ? {} : { image }),
    ...(wish.from === undefined ? {} : { from: wish.from }),
  };
  const plan = (await provider.plan?.(target, request, signal)) ?? { notes: [] };
  const range = rangeOf(plan, facts);
  const commits = range && (await commitsBetween(target.dir, range, world.processes, signal));
  const { specs } = world;
  const seen = { provider, target, request, plan, facts, commits, build };
  const looked = await preflightNotes({ ...seen, world, specs, signal });
  const notes = [...plan.notes, ...treeNotes({ facts, image, build, provider, commits }), ...looked];
  return { request, facts, plan, ...(commits ? { commits } : {}), notes, build };
}

/** Which image is deployed: a platform that takes trees runs one only when it is named, and most do not then. */
function imageWished(
  { caps }: Provider,
  usual: () => string | undefined,
  { image }: Wish,
): string | undefined {
  if (caps.source === 'image') return usual();
  return caps.images === true ? image : undefined;
}

/** The image that was said, else the one of the commit. A build of a tree with changes gets a name that nothing else has. */
export function imageFor(
  { environment, app, service }: Pick<Target, 'environment' | 'app' | 'service'>,
  wish: Wish,
  facts: TreeFacts,
  now: Date,
): string | undefined {
  if (wish.image !== undefined) return wish.image;
  if (environment.registry === undefined || facts.commit === undefined) return undefined;
  const clean = imageOfCommit(environment.registry, service ?? app, facts.commit);
  if (wish.build !== true || facts.dirty.length === 0) return clean;
  return `${clean}-dirty-${now.toISOString().replaceAll(/[-:]|\.\d+Z/g, '')}`;
}

function messageFor(wish: Wish, facts: TreeFacts, image: string | undefined): string {
  if (wish.message !== undefined && wish.message.trim() !== '') return wish.message;
  // Of another image than the commit's, the commit's subject would say something wrong.
  const isOwn = image !== undefined && facts.commit !== undefined && image.includes(facts.commit);
  return isOwn && facts.subject ? facts.subject : `Deploy ${image ?? 'this machine’s tree'}`;
}

/** From the running release to the tree, where the release names its commit. */
function rangeOf(
  { current }: Plan,
  { commit: to }: TreeFacts,
): { readonly from: string; readonly to: string } | undefined {
  const from = current?.commit;
  return from === undefined || to === undefined ? undefined : { from, to };
}

interface Looked {
  readonly facts: TreeFacts;
  readonly image: string | undefined;
  readonly build: boolean;
  readonly provider: Provider;
  readonly commits: readonly CommitLine[] | undefined;
}

function treeNotes(looked: Looked): readonly Note[] {
  const { facts, image, build, provider } = looked;
  const isCommits =
    image !== undefined && commitOfImage(image) === facts.commit && facts.commit !== undefined;
  const notes: Note[] = [];
  if (provider.caps.source === 'image' && isCommits && !build) {
    if (facts.dirty.length > 0) notes.push(dirtyNote(facts.dirty));
    if (!facts.isPushed)
      notes.push({
        level: 'warning',
        code: 'deploy/not-pushed',
        message: `The commit ${facts.commit?.slice(0, 7) ?? ''} is on no branch of a remote, so CI can’t have built its image; push it first.`,
      });
  }
  return [...notes, ...commitNotes(looked)];
}

function dirtyNote(dirty: readonly string[]): Note {
  const some = dirty.slice(0, 3).join(', ');
  const more = dirty.length > 3 ? ` and ${dirty.length - 3} more` : '';
  return {
    level: 'warning',
    code: 'deploy/dirty',
    message: `The image holds the last commit, not the changes of ${some}${more}.`,
  };
}

function commitNotes({ commits, image }: Looked): readonly Note[] {
  if (!commits || (image !== undefined && parseImage(image) === undefined)) return [];
  const message =
    commits.length === 0
      ? 'The running release has every commit of this tree.'
      : `${commits.length} ${commits.length === 1 ? 'commit is' : 'commits are'} new since the running release: ${commits
          .slice(0, 5)
          .map((one) => `${one.commit.slice(0, 7)} ${one.subject}`)
          .join('; ')}${commits.length > 5 ? ' …' : ''}.`;
  return [{ level: 'info', code: 'deploy/commits', message }];
}
