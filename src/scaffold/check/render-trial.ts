import { UserError } from '../../base/errors';
import { join } from '../../base/paths';
import type { Answers } from '../answer';
import { completeAnswers } from '../answers';
import { confine, outputPath } from '../paths';
import { renderFiles, renderOf } from '../plan';
import type { RenderedFile } from '../plan';
import type { Context } from '../render';
import type { Template, TemplateFile } from '../template';
import type { Observation } from './finding';

/** A file of one trial and the template's file that it was made of. */
export interface TrialFile {
  readonly source: TemplateFile;
  readonly file: RenderedFile;
}

export interface Rendered {
  readonly context: Context;
  readonly files: readonly TrialFile[];
  /** Where each source would be written, also those that a rule leaves out. */
  readonly paths: readonly string[];
  readonly observations: readonly Observation[];
}

/** Renders each file by itself, so that a broken one does not hide what is wrong with the others. */
export function renderTrial(template: Template, answers: Answers): Rendered {
  const observations: Observation[] = [];
  const watch = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      observations.push(observed(template, error));
      return undefined;
    }
  };
  const completed = watch(() => completeAnswers(template, answers, renderOf(template)));
  if (!completed) return { context: {}, files: [], paths: [], observations };
  const { context } = completed;
  const files = template.sources.flatMap((source): readonly TrialFile[] => {
    const made = watch(() => renderOne(template, source, context)) ?? [];
    return made.map((file) => ({ source, file }));
  });
  const paths = template.sources.flatMap((source) => watch(() => outputPath(source.path, context)) ?? []);
  watch(() => confine(files.map(({ file }) => file.path)));
  return { context, files, paths, observations };
}

/** One source as the engine renders it; nothing where a rule leaves it out. */
export function renderOne(
  template: Template,
  source: TemplateFile,
  context: Context,
): readonly RenderedFile[] {
  return renderFiles({ ...template, sources: [source] }, context, renderOf(template));
}

function observed(template: Template, error: unknown): Observation {
  if (!(error instanceof UserError)) throw error;
  const place =
    error.fix?.kind === 'file' ? error.fix : { path: join(template.dir, 'template.yaml'), line: 0 };
  return {
    path: place.path,
    line: place.line ?? 0,
    message: reasonOf(error.message),
    severity: 'error',
    code: 'broken-template',
  };
}

/** The place is told beside the message already. */
function reasonOf(message: string): string {
  const why = /^The template file .* can't be used: (.*)$/s.exec(message)?.[1];
  return why === undefined ? message : `The template can't be used: ${why}`;
}
