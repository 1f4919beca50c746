// Help for writing Makefiles: what stands where (outline.ts), what is wrong (checks/), what can be typed next (complete.ts).
// Pure: text and what the make source read of it in, values out. The editor's side is in host/vscode; nothing here is loaded before it is asked.
// To extend: a check in checks/, added to the list below; it must be right on real Makefiles, test/unit/tasks/language.test.ts looks.
import { checkOverrides } from './checks/overrides';
import { checkPhony } from './checks/phony';
import { checkPrerequisites } from './checks/prerequisites';
import { checkTabs } from './checks/tabs';
import { checkVariables } from './checks/variables';
import type { Checked, Problem } from './problem';

export { completionsAt } from './complete';
export { occurrencesOf, definitionsOf, wordAt } from './navigate';
export { outlineOf } from './outline';
export { symbolsOf } from './symbols';

const checks = [checkTabs, checkPrerequisites, checkOverrides, checkPhony, checkVariables];

/** The problems of one file, in the order of its lines. */
export function problemsIn(checked: Checked): readonly Problem[] {
  return checks
    .flatMap((check) => check(checked))
    .toSorted((a, b) => a.range.start.line - b.range.start.line);
}
