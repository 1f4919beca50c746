import { basename } from '../../../base/paths';
import type { Checked, Problem } from '../problem';

/** A second recipe for one target: make runs the last and only warns. */
export function checkOverrides({ file, makefile }: Checked): readonly Problem[] {
  return makefile.overrides
    .filter(({ place }) => place.file === file)
    .map(({ name, place, before }) => ({
      code: 'overridden-recipe',
      severity: 'warning',
      range: place.range,
      message: `${name} has a recipe already, in line ${before.range.start.line + 1}${before.file === file ? '' : ` of ${basename(before.file)}`}; make runs this one and passes over that.`,
      fixes: [],
      related: { file: before.file, range: before.range, message: `The recipe of ${name} that is not run` },
    }));
}
