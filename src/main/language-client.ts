// A part of its own, loaded when the first API description is open: the client and the rules are most of what a window would otherwise parse.
import type { Rule } from '../guidelines';

export { startClient } from '../guidelines/host/vscode/client';

/** The rules, for their pages. */
export async function loadRules(): Promise<readonly Rule[]> {
  return (await import('../guidelines/rules/index.gen')).allRules;
}
