import type { NewFile } from '../base/ports';
import { confine, outputPath } from './paths';
import type { Context, Render } from './render';
import type { FileClass, Template, TemplateFile } from './template';
import { matches } from './glob';

/** What will happen to one file. */
export interface FileChange extends NewFile {
  readonly kind: 'create' | 'same' | 'conflict';
  readonly class: FileClass;
}

/** What stands at a path now; undefined for nothing. */
export type Existing = (path: string) => Uint8Array | undefined;

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
    bytes: contentOf(source, context, render),
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

function contentOf(source: TemplateFile, context: Context, render: Render): Uint8Array {
  if (!source.path.endsWith('.hbs')) return source.bytes;
  return new TextEncoder().encode(render(new TextDecoder().decode(source.bytes), context, source.path));
}

function kindOf(file: NewFile, found: Uint8Array | undefined): FileChange['kind'] {
  if (found === undefined) return 'create';
  const same = found.length === file.bytes.length && found.every((byte, index) => byte === file.bytes[index]);
  return same ? 'same' : 'conflict';
}

function classOf(template: Template, path: string): FileClass {
  return template.files.find((rule) => matches(rule.match, path))?.class ?? 'sample';
}
