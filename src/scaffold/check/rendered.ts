import type { Template } from '../template';
import type { Observation } from './finding';
import { markLines, sourceLine } from './lines';
import type { Problem } from './parse';
import { problemsIn } from './parse';
import type { Rendered, TrialFile } from './render-trial';
import { renderOne } from './render-trial';
import { fromOf, plainText, withoutRaw } from './static';

/** What was said of a text before: many combinations of answers render a file to the same text. */
export type Known = Map<string, readonly Observation[]>;

/** What is wrong with the files of one trial, told of the template's files. */
export function observeRendered(
  template: Template,
  rendered: Rendered,
  known: Known,
): readonly Observation[] {
  return rendered.files.flatMap((one) => {
    const text = plainText(one.file.bytes);
    if (text === undefined) return [];
    const key = `${one.source.path}\n${one.file.path}\n${text}`;
    const before = known.get(key);
    if (before) return before;
    const found = observeOne(template, one, { text, rendered });
    known.set(key, found);
    return found;
  });
}

interface Made {
  readonly text: string;
  readonly rendered: Rendered;
}

function observeOne(template: Template, { source, file }: TrialFile, made: Made): readonly Observation[] {
  const original = plainText(source.bytes) ?? '';
  const syntax = problemsIn(file.path, made.text).map(asError('syntax'));
  const isRendered = source.path.endsWith('.hbs');
  const emptied = isRendered ? emptiedIn(made, original).map(asError('emptied')) : [];
  const found = [...syntax, ...emptied];
  if (found.length === 0) return [];
  const lines = {
    source: original,
    plain: made.text,
    marked: isRendered ? markedText(template, source, made) : '',
  };
  return found.map((one) => ({
    ...one,
    path: fromOf(template, source),
    line: isRendered ? sourceLine(one.line, lines) : one.line,
  }));
}

const asError =
  (code: 'syntax' | 'emptied') =>
  ({ line, message }: Problem): Omit<Observation, 'path'> => ({
    line,
    severity: 'error',
    code,
    message: code === 'syntax' ? `With these answers ${message}.` : `${message}.`,
  });

function markedText(template: Template, source: TrialFile['source'], { rendered }: Made): string {
  const bytes = new TextEncoder().encode(markLines(plainText(source.bytes) ?? ''));
  const [file] = renderOne(template, { ...source, bytes }, rendered.context);
  return file === undefined ? '' : (plainText(file.bytes) ?? '');
}

/** Braces that hold nothing any more, and raw blocks that went away. */
function emptiedIn({ text, rendered }: Made, original: string): readonly Problem[] {
  const answers = Object.values(rendered.context).filter(
    (value) => typeof value === 'string' && value !== '',
  );
  const own = answers.reduce<string>((rest, answer) => rest.replaceAll(String(answer), ''), text);
  const empty = own.split('\n').flatMap((content, line): readonly Problem[] => {
    const found = /\$?\{\{?\s*\}\}?(?<=\$\{\s*\}|\{\{\s*\}\})/.exec(content)?.[0];
    if (found === undefined || original.includes(found)) return [];
    return [
      {
        line,
        message: `An expression was emptied here and left ${found}; write \\{{ if the braces are to stay`,
      },
    ];
  });
  const literal = original !== withoutRaw(original) || original.includes('\\{{') || original.includes('{{>');
  const left = own.split('\n').findIndex((content) => content.includes('{{'));
  return literal || left < 0
    ? empty
    : [...empty, { line: left, message: 'A delimiter of the template is left over' }];
}
