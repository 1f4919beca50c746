import type { CliContext, CliInput, CliOption } from '../../../base/cli';
import { baseSteps } from '../../breaking/base';
import { breakingSteps } from '../../breaking/compare';
import { BaseReader } from '../../breaking/git';
import type { Check } from '../../engine';
import type { Spec } from '../../spec';
import { finish } from '../../steps';
import type { Told } from '../../told';

export const baseFlag: Readonly<Record<string, CliOption>> = {
  base: {
    type: 'string',
    value: '<ref>',
    description: 'Also report what breaks callers since the merge base with a branch, a tag or a commit.',
  },
};

/** Undefined when nothing is to be compared. */
export function baseReaderOf(input: CliInput, { processes }: CliContext): BaseReader | undefined {
  const ref = input.text('base');
  return ref === undefined ? undefined : new BaseReader(processes, ref);
}

interface Since {
  readonly check: Check;
  /** Absolute. */
  readonly path: string;
  readonly context: CliContext;
}

/** What breaks callers since the older version of a file; nothing for a file that is new. Throws what `BaseReader.read` throws. */
export async function breakingSince(
  reader: BaseReader,
  spec: Spec,
  { check, path, context }: Since,
): Promise<readonly Told[]> {
  const text = await reader.read(path, context.signal);
  const base = text && finish(baseSteps(text, spec));
  if (base === undefined || !spec.isSound) return [];
  const severityOf = check.severityOf.bind(check);
  return finish(breakingSteps({ before: base.spec, after: spec, from: base.from, severityOf }));
}
