import type { CliContext, CliInput, CliOption } from '../../../base/cli';
import type { Base } from '../../breaking/base';
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

/** The older version of a file; undefined for one that is new. Throws what `BaseReader.read` throws. */
export async function baseOf(
  reader: BaseReader | undefined,
  spec: Spec,
  { file, signal }: { readonly file: string; readonly signal: AbortSignal },
): Promise<Base | undefined> {
  const text = await reader?.read(file, signal);
  return text && finish(baseSteps(text, spec));
}

/** What breaks callers since the older version. */
export function breakingSince(base: Base | undefined, spec: Spec, check: Check): readonly Told[] {
  if (base === undefined || !spec.isSound) return [];
  const severityOf = check.severityOf.bind(check);
  return finish(breakingSteps({ before: base.spec, after: spec, from: base.from, severityOf }));
}
