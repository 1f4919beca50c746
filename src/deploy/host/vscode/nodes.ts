import type { Process, TargetStatus } from '../../provider';
import type { DeployRecord } from '../../records';
import type { Release } from '../../release';
import type { Choice } from './selection';

/** What the *Deployments* view shows. */
export type DeployNode =
  | {
      readonly kind: 'environment';
      readonly choice: Choice;
      readonly status?: TargetStatus | undefined;
      /** Why it is not known how it is. */
      readonly problem?: string;
    }
  | { readonly kind: 'process'; readonly choice: Choice; readonly process: Process }
  | { readonly kind: 'releases'; readonly choice: Choice }
  | {
      readonly kind: 'release';
      readonly choice: Choice;
      readonly release: Release;
      /** The deploy that made it, where that was begun from this machine. */
      readonly record?: DeployRecord;
    }
  | { readonly kind: 'variables'; readonly choice: Choice }
  | { readonly kind: 'variable'; readonly choice: Choice; readonly key: string }
  | { readonly kind: 'domains'; readonly choice: Choice }
  | { readonly kind: 'domain'; readonly choice: Choice; readonly hostname: string }
  | { readonly kind: 'problem'; readonly message: string };
