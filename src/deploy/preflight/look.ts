import type { World } from '../../base/ports';
import type { CommitLine, TreeFacts } from '../git';
import { commitOfImage } from '../image';
import type { DeployRequest, Plan, Provider, Target } from '../provider';
import type { SpecChecks } from './checks';

/** What looking before a deploy is given. Nothing of it is changed. */
export interface Looking {
  readonly provider: Provider;
  readonly target: Target;
  readonly request: DeployRequest;
  readonly plan: Plan;
  readonly facts: TreeFacts;
  readonly commits: readonly CommitLine[] | undefined;
  readonly build: boolean;
  readonly world: Pick<World, 'processes' | 'files'>;
  readonly specs: SpecChecks | undefined;
  readonly signal: AbortSignal;
}

/** The code that would run: the folder as it is, a commit that is known here, or something that is not. */
export type Code =
  | { readonly kind: 'tree' }
  | { readonly kind: 'commit'; readonly commit: string }
  | { readonly kind: 'unknown' };

export function codeOf({ provider, request, facts, build }: Looking): Code {
  if (request.from) return { kind: 'unknown' };
  if (provider.caps.source === 'tree' || build) return { kind: 'tree' };
  const commit = request.image === undefined ? undefined : commitOfImage(request.image);
  if (commit === undefined) return { kind: 'unknown' };
  // The full hash is the surer name.
  return { kind: 'commit', commit: facts.commit?.startsWith(commit) === true ? facts.commit : commit };
}
