/** What a file is told of the other files of its description. Whoever asks is noted, so that he is asked again when the answer changes. */
import type { Spec } from './spec';
import type { TreeNode } from './tree';
import type { WebRefusal } from './web/access';

/** Why a reference is not followed. */
export type Refusal = WebRefusal | 'outside' | 'many';

/** What a reference to elsewhere leads to, or why it leads nowhere. */
export type Lead =
  | { readonly kind: 'file'; readonly name: string; readonly pointer: string; readonly spec: Spec }
  /** There is no such file. */
  | { readonly kind: 'missing'; readonly name: string }
  /** Something that is not followed, and why. */
  | { readonly kind: 'refused'; readonly why: Refusal }
  /** It is there, or should be, and can't be had; the fault is the end of a sentence about it. */
  | { readonly kind: 'faulty'; readonly name: string; readonly fault: string }
  /** It was not read yet. */
  | { readonly kind: 'unread' };

/** Reads references to other files on behalf of one file. */
export interface Others {
  /** Where the file is; see `project/address.ts`. */
  readonly address: string;
  /** The description that the file is a part of: itself, or the first that leads to it. */
  readonly home: Spec;
  /** All files of the description, its own first. */
  readonly members: readonly Spec[];
  /** Places in this file that other files refer to, as pointers. */
  readonly usedFromElsewhere: ReadonlySet<string>;
  leadOf(ref: string): Lead;
  /** What stands in the file at an address, when it was read. */
  specAt(address: string): Spec | undefined;
}

/** The node that a reference to elsewhere leads to. */
export function nodeBehind(lead: Lead): TreeNode | undefined {
  return lead.kind === 'file' ? lead.spec.resolve(`#${lead.pointer}`) : undefined;
}
