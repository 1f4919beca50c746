import { nearest } from '../../../base/text';
import { specialTargets } from '../../sources/make/builtins';
import { parsePattern, stemOf } from '../../sources/make/patterns';
import type { Word } from '../outline';
import type { Checked, Problem } from '../problem';

/**
 * A prerequisite that make will not know how to make: no rule, no pattern, no file. Only plain words in small letters: `Dockerfile` is a
 * file, and one that another recipe makes on the side is no mistake; and only where all names are known.
 */
export function checkPrerequisites(checked: Checked): readonly Problem[] {
  const { outline, outlines, makefile, names } = checked;
  if (!names || !isWhole(checked)) return [];
  const ruled = new Set(
    outlines.flatMap(({ rules }) => rules.flatMap(({ targets }) => targets.map(({ name }) => name))),
  );
  for (const { name } of makefile.targets) ruled.add(name);
  const patterns = makefile.patterns.map(({ name }) => parsePattern(name));
  const stems = new Set([...names].map((name) => name.replace(/[./].*$/, '')));
  const isKnown = ({ name }: Word): boolean =>
    ruled.has(name) || stems.has(name) || patterns.some((pattern) => stemOf(pattern, name) !== undefined);
  return outline.rules
    .filter(({ targets }) => !targets.some(({ name }) => specialTargets.has(name) || name.includes('%')))
    .flatMap(({ prerequisites }) => prerequisites)
    .filter((word) => /^[a-z][\w-]*$/.test(word.name) && !isKnown(word))
    .map((word) => problemOf(word, [...ruled]));
}

/** No name and no file that only make could tell; no rule that makes everything. */
function isWhole({ makefile, outlines }: Checked): boolean {
  const anything = outlines.some(({ rules, definitions }) => {
    const catches = rules.some(({ targets }) =>
      targets.some(({ name }) => name === '.DEFAULT' || name === '%'),
    );
    return catches || definitions.some(({ name }) => name === 'VPATH');
  });
  return (
    !anything && !makefile.truncated && makefile.unresolved.length === 0 && makefile.missing.length === 0
  );
}

function problemOf({ name, range }: Word, known: readonly string[]): Problem {
  const near = nearest(name, known, 2);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  return {
    code: 'unknown-prerequisite',
    severity: 'warning',
    range,
    message: `There is no rule to make ${name} and no file of that name.${hint}`,
    fixes: near === undefined ? [] : [{ title: `Change to ${near}`, edits: [{ range, text: near }] }],
  };
}
