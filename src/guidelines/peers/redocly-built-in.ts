/** What is said of a rule that Redocly has by itself, in terms of ours. */
import type { JsonObject } from '../../base/json';
import type { FileMatch, Place, Statement } from '../config/layer';
import type { SpecVersion } from '../detect';
import type { Level } from '../engine';
import { oursOf } from './mapped';
import { takenOptions, usualOptions } from './redocly-options';
import { redoclyRules } from './rules';

/** Where and for what something is said. */
export interface Saying {
  readonly at?: Place | undefined;
  readonly files?: FileMatch | undefined;
  readonly versions?: ReadonlySet<SpecVersion> | undefined;
}

/** The parts of a statement that say for what it holds. */
export const limits = ({ files, versions }: Saying): Pick<Statement, 'files' | 'versions'> => ({
  ...(files === undefined ? {} : { files }),
  ...(versions === undefined ? {} : { versions }),
});

export function builtInStatements(
  id: string,
  {
    level,
    options,
    saying = {},
  }: { readonly level: Level; readonly options: JsonObject | undefined; readonly saying?: Saying },
): readonly Statement[] {
  const taken = options === undefined ? undefined : takenOptions(id, options);
  return oursOf(redoclyRules, id).map((rule) => ({
    rule,
    level,
    options: taken?.said[rule],
    usual: usualOptions(id, rule),
    by: id,
    at: saying.at,
    ...limits(saying),
  }));
}
