import type { CliContext } from '../../../base/cli';
import { messageOf } from '../../../base/errors';
import { join } from '../../../base/paths';
import { changedMeanwhile, notWritten } from '../../errors';

interface Writing {
  /** Must exist. */
  readonly dir: string;
  /** Relative to it. */
  readonly name: string;
  /** What stood there when this was decided. */
  readonly seen: Uint8Array | undefined;
  readonly text: string;
}

/** Puts a text in the place of what was seen, whole or not at all. Throws UserErrors. */
export async function writeFile({ dir, name, seen, text }: Writing, context: CliContext): Promise<void> {
  const next = {
    bytes: new TextEncoder().encode(text),
    executable: seen !== undefined && (await context.files.isExecutable(join(dir, name))),
  };
  let kept: readonly string[];
  try {
    kept = await context.trees.change(dir, [{ path: name, seen, next }], { signal: context.signal });
  } catch (error) {
    throw notWritten(join(dir, name), messageOf(error), error);
  }
  if (kept.length > 0) throw changedMeanwhile(join(dir, name));
}
