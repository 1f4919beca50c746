import { globMatcher } from '../base/glob';
import type { NewFile } from '../base/ports';
import { join } from '../base/paths';
import { textOf } from './assemble';
import { confine, outputPath } from './paths';
import type { Context, Render } from './render';
import type { FileClass, Template, TemplateFile } from './template';

/** What will happen to one file. */
export interface FileChange extends NewFile {
  readonly kind: 'create' | 'same' | 'conflict';
  readonly class: FileClass;
}

/** What stands at a path now: a file's bytes, something else than a file, or nothing. */
export type Standing = Uint8Array | 'other' | undefined;
export type Existing = (path: string) => Standing;

/**
 * Renders the whole template in memory. Only `*.hbs` files are rendered; all others keep their bytes.
 * Throws UserError `scaffold/broken-template` or `scaffold/unsafe-path`.
 */
export function plan(
  template: Template,
  context: Context,
  render: Render,
  existing: Existing,
): readonly FileChange[] {
  const files = template.sources.map((source) => ({
    path: outputPath(source.path, context),
    bytes: contentOf(source, context, render, source.from ?? join(template.dir, 'files', source.path)),
    executable: source.executable,
  }));
  confine(files.map((file) => file.path));
  return files
    .map((file) => ({
      ...file,
      kind: kindOf(file, existing(file.path)),
      class: classOf(template, file.path),
    }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function contentOf(source: TemplateFile, context: Context, render: Render, from: string): Uint8Array {
  if (!source.path.endsWith('.hbs')) return source.bytes;
  return new TextEncoder().encode(render(textOf(source.bytes, from), context, from));
}

function kindOf(file: NewFile, found: Standing): FileChange['kind'] {
  if (found === undefined) return 'create';
  if (found === 'other') return 'conflict';
  const same = found.length === file.bytes.length && found.every((byte, index) => byte === file.bytes[index]);
  return same ? 'same' : 'conflict';
}

function classOf(template: Template, path: string): FileClass {
  const rule = template.files.find((one) => one.class !== undefined && globMatcher(one.match)(path));
  return rule?.class ?? 'sample';
}
