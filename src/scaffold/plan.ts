import { globMatcher } from '../base/glob';
import { sha256 } from '../base/hash';
import type { NewFile } from '../base/ports';
import { join } from '../base/paths';
import type { Completed } from './answers';
import { recordable } from './answers';
import { textOf } from './assemble';
import { holds } from './condition';
import { brokenTemplate } from './errors';
import { mergeStanding } from './merge-standing';
import { confine, outputPath } from './paths';
import { recordFile, writeRecord } from './record';
import { hiddenSecret } from './reference';
import type { Context, Render } from './render';
import { createRender, mostRendered } from './render';
import type { FileClass, FileRule, Template, TemplateFile } from './template';

/** A file as the template gives it. */
export interface RenderedFile extends NewFile {
  readonly class: FileClass;
}

/** What will happen to one file of a new service. `bytes` are what will stand there. */
export interface FileChange extends RenderedFile {
  readonly kind: 'create' | 'same' | 'merge' | 'conflict';
  /** What stands there now. */
  readonly standing: Standing;
}

/** What stands at a path now: a file's bytes, something else than a file (or a link on the way to it), or nothing. */
export type Standing = Uint8Array | 'other' | undefined;
export type Existing = (path: string) => Standing;

const renders = new WeakMap<Template, Render>();

/** The renderer of a template; it keeps what it compiled as long as the template is kept. */
export function renderOf(template: Template): Render {
  const known = renders.get(template) ?? createRender(template);
  renders.set(template, known);
  return known;
}

/**
 * Renders the whole template in memory, sorted by path. Only `*.hbs` files are rendered; all others keep their bytes. A managed file may
 * not hold a secret: it would have to be rendered again for an update, and nobody remembers secrets.
 * Throws UserError `scaffold/broken-template` or `scaffold/unsafe-path`.
 */
export function renderFiles(template: Template, context: Context, render: Render): readonly RenderedFile[] {
  const rules = template.files.map((rule) => ({ ...rule, matches: globMatcher(rule.match) }));
  const hidden = withoutSecrets(template, context);
  const budget = { left: mostRendered };
  const files = template.sources.flatMap((source): readonly RenderedFile[] => {
    const path = outputPath(source.path, context);
    const matching = rules.filter((rule) => rule.matches(path));
    if (!matching.every((rule) => holds(rule.when, context))) return [];
    const kind = classOf(matching);
    const from = source.from ?? join(template.dir, 'files', source.path);
    const bytes = contentOf(source, kind === 'managed' ? hidden : context, { render, from });
    budget.left -= bytes.length;
    if (budget.left < 0)
      throw brokenTemplate(from, `the template renders more than ${mostRendered / 1_000_000} MB`);
    return [{ path, bytes, executable: source.executable, class: kind }];
  });
  confine(files.map((file) => file.path));
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

const classOf = (matching: readonly FileRule[]): FileClass =>
  matching.find((rule) => rule.class !== undefined)?.class ?? 'sample';

function withoutSecrets(template: Template, context: Context): Context {
  const secrets = template.inputs.filter((input) => input.type === 'secret');
  return { ...context, ...Object.fromEntries(secrets.map(({ key }) => [key, hiddenSecret])) };
}

function contentOf(
  source: TemplateFile,
  context: Context,
  { render, from }: { readonly render: Render; readonly from: string },
): Uint8Array {
  if (!source.path.endsWith('.hbs')) return source.bytes;
  return new TextEncoder().encode(render(textOf(source.bytes, from), context, from));
}

/**
 * All files of a service: as rendered, with the record of the template in `servicewright.yaml`. A template that has no such file gets one
 * that says `name`. Throws as `renderFiles` does.
 */
export async function renderService(
  template: Template,
  { answers, context }: Pick<Completed, 'answers' | 'context'>,
  name: string,
): Promise<readonly RenderedFile[]> {
  const files = renderFiles(template, context, renderOf(template));
  const managed = files.filter((file) => file.class === 'managed');
  const hashes = await Promise.all(
    managed.map(async (file) => [file.path, await sha256(file.bytes)] as const),
  );
  const record = {
    id: template.id,
    version: template.version,
    source: template.source,
    ...(template.commit === undefined ? {} : { commit: template.commit }),
    answers: recordable(template, answers),
    files: Object.fromEntries(hashes),
  };
  const own = files.find((file) => file.path === recordFile);
  const text = own ? textOf(own.bytes, join(template.dir, 'files', recordFile)) : `name: ${name}\n`;
  const manifest: RenderedFile = {
    path: recordFile,
    executable: false,
    class: 'sample',
    bytes: new TextEncoder().encode(writeRecord(text, record)),
  };
  return [...files.filter((file) => file !== own), manifest].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Compares what the template gives with what stands there. */
export function compareFiles(files: readonly RenderedFile[], existing: Existing): readonly FileChange[] {
  return files.map((file): FileChange => {
    const standing = existing(file.path);
    if (standing === undefined) return { ...file, kind: 'create', standing };
    if (standing === 'other') return { ...file, kind: 'conflict', standing };
    if (sameBytes(standing, file.bytes)) return { ...file, kind: 'same', standing };
    const merged = mergeStanding(file.path, standing, file.bytes);
    if (merged === undefined) return { ...file, kind: 'conflict', standing };
    return { ...file, bytes: merged, kind: sameBytes(standing, merged) ? 'same' : 'merge', standing };
  });
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
