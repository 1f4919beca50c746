import type { Answers } from '../answers';
import { completeAnswers, recordable } from '../answers';
import { outputPath } from '../paths';
import { renderFiles, renderOf } from '../plan';
import { recordFile } from '../record';
import type { FileClass, SecretInput, StringInput, Template, TemplateInput } from '../template';
import type { Content } from './content';

/** A file as a version of a template gives it. */
export interface RenderedFile extends Content {
  readonly path: string;
  readonly class: FileClass;
  /** Its path in the template: what stays the same when an answer that is part of the path changes. */
  readonly source: string;
}

/** Everything that a version of a template gives for some answers, but for the record's own file, which is the service's. */
export interface Rendered {
  readonly version: string;
  readonly files: ReadonlyMap<string, RenderedFile>;
  /** What the service records. */
  readonly answers: Answers;
}

/** Renders a version in memory. Throws UserError `scaffold/…` where the answers or the template can't be used. */
export function renderVersion(template: Template, given: Answers): Rendered {
  const render = renderOf(template);
  const { answers, context } = completeAnswers(withoutSecrets(template), given, render);
  const sources = new Map(
    template.sources.map((source) => [outputPath(source.path, context), source.path] as const),
  );
  const files = renderFiles(template, context, render)
    .filter((file) => file.path !== recordFile)
    .map(({ path, bytes, executable, class: kind }): RenderedFile => {
      return { path, bytes, executable, class: kind, source: sources.get(path) ?? path };
    });
  return {
    version: template.version,
    files: new Map(files.map((file) => [file.path, file])),
    answers: recordable(template, answers),
  };
}

/** Secrets are not recorded, and no managed file reads one: any text will do. */
function withoutSecrets(template: Template): Template {
  return { ...template, inputs: template.inputs.map((one) => (one.type === 'secret' ? anyText(one) : one)) };
}

function anyText({ pattern: _pattern, ...input }: SecretInput): TemplateInput {
  const text: StringInput = { ...input, type: 'string', default: 'change-me', maxLength: 200 };
  return { ...text, reserved: new Set<string>() };
}
