import type { Target } from '../../sources/make/makefile';
import { isActionName } from '../../sources/make/names';
import type { Checked, Problem } from '../problem';

/**
 * An action that is not declared phony. A warning where a file of its name is there, since make then takes it for done; else a hint.
 * A recipe that makes the file of that name has no problem.
 */
export function checkPhony({ file, outline, makefile, names }: Checked): readonly Problem[] {
  const places = new Map(
    outline.rules.flatMap((rule) => rule.targets.map((word) => [word.name, word.range] as const)),
  );
  return makefile.targets.flatMap((target) => {
    const range = places.get(target.name);
    const isOpen = target.place.file === file && range !== undefined && isUndeclaredAction(target);
    if (!isOpen) return [];
    const exists = names?.has(target.name) === true || names?.has(`${target.name}/`) === true;
    const start = { line: range.start.line, character: 0 };
    return [
      {
        code: 'phony',
        severity: exists ? 'warning' : 'hint',
        range,
        message: exists
          ? `There is a file or folder ${target.name}, so make may take this for done and not run it; declare it phony.`
          : `Declare ${target.name} phony: a file of that name would keep make from running it.`,
        fixes: [
          {
            title: `Add .PHONY: ${target.name}`,
            edits: [{ range: { start, end: start }, text: `.PHONY: ${target.name}\n` }],
          },
        ],
      },
    ];
  });
}

function isUndeclaredAction(target: Target): boolean {
  if (target.phony || !target.hasRecipe || !isActionName(target.name) || /^[A-Z]|[.]/.test(target.name))
    return false;
  if (target.prerequisites.includes('FORCE')) return false;
  const recipe = target.recipe.join('\n');
  if (/\$[({]?@/.test(recipe)) return false;
  const words = new Set(recipe.split(/[^\w.+@-]+/));
  return !words.has(target.name);
}
