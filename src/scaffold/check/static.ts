import { globMatcher } from '../../base/glob';
import { join } from '../../base/paths';
import type { Condition } from '../condition';
import type { Template, TemplateFile } from '../template';
import { spellings } from '../words';
import type { FindingCode, Observation } from './finding';

/** What can be told of a template's texts without rendering them. */

export const fromOf = (template: Template, source: TemplateFile): string =>
  source.from ?? join(template.dir, 'files', source.path);

/** The text of a file; undefined when it is binary. */
export function plainText(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Delimiters, line ends and exec bits of every file, and questions that nothing reads. */
export function observeSources(template: Template): readonly Observation[] {
  const names = new Set([...template.inputs.map(({ key }) => key), ...template.computed.map(([key]) => key)]);
  return template.sources.flatMap((source) => {
    const at = fromOf(template, source);
    const text = plainText(source.bytes);
    if (text === undefined) return [];
    const braces = source.path.endsWith('.hbs') ? renderedBraces(text, names) : copiedBraces(text, names);
    return [...braces, ...lineEnds(source.path, text), ...execBit(source, text)].map((one) => ({
      path: at,
      ...one,
    }));
  });
}

type Local = Omit<Observation, 'path'>;

const warn = (code: FindingCode, line: number, message: string): Local => ({
  line,
  message,
  severity: 'warning',
  code,
});

function renderedBraces(text: string, names: ReadonlySet<string>): readonly Local[] {
  return linesOf(withoutRaw(text)).flatMap((content, line): readonly Local[] => {
    const found: Local[] = [];
    if (/(?<!\\)\$\{\{/.test(content))
      found.push(
        warn(
          'delimiter',
          line,
          '${{ is read as the start of an expression; write $\\{{ if it is to stay as it is.',
        ),
      );
    const escaped = /\\\{\{\s*(?:[a-z]+ )?([a-z][a-zA-Z0-9]*)\s*\}\}/.exec(content)?.[1];
    if (escaped !== undefined && names.has(escaped))
      found.push(
        warn(
          'not-rendered',
          line,
          `\\{{ leaves {{${escaped}}} as it is; drop the backslash to put the answer there.`,
        ),
      );
    return found;
  });
}

/** A file that is copied holds what looks like an expression over this template's answers. */
function copiedBraces(text: string, names: ReadonlySet<string>): readonly Local[] {
  const pattern = /\{\{[#~]?\s*(?:(?:if|unless|each)\s+|([a-z]+)\s+)?([a-z][a-zA-Z0-9]*)\s*~?\}\}/g;
  return linesOf(text).flatMap((content, line) =>
    [...content.matchAll(pattern)].flatMap(([whole, helper, key = '']) => {
      const ours = names.has(key) && (helper === undefined || Object.hasOwn(spellings, helper));
      if (!ours) return [];
      return [
        warn(
          'not-rendered',
          line,
          `${whole} stays as it is because the name of the file does not end in .hbs.`,
        ),
      ];
    }),
  );
}

/** The text with what stands in raw blocks taken out, line by line. */
export function withoutRaw(text: string): string {
  return text.replaceAll(/\{\{\{\{raw\}\}\}\}[\s\S]*?\{\{\{\{\/raw\}\}\}\}/g, (block) =>
    '\n'.repeat(linesOf(block).length - 1),
  );
}

const linesOf = (text: string): readonly string[] => text.split('\n');

function lineEnds(path: string, text: string): readonly Local[] {
  const line = linesOf(text).findIndex((content) => content.endsWith('\r'));
  if (line < 0 || /\.(bat|cmd|ps1)(\.hbs)?$/i.test(path)) return [];
  return [warn('line-ends', line, 'The line ends with CR LF; end lines with LF.')];
}

function execBit({ path, executable }: TemplateFile, text: string): readonly Local[] {
  const script = text.startsWith('#!');
  if (script === executable || /\.(bat|cmd|ps1)(\.hbs)?$/i.test(path)) return [];
  return [
    warn(
      'executable',
      0,
      script
        ? 'The file starts with #! but is not executable; run chmod +x on it.'
        : 'The file is executable but does not start with #!; add that line or run chmod -x on it.',
    ),
  ];
}

/** Every word that some expression, condition or path of the template reads. */
export function wordsRead(template: Template): ReadonlySet<string> {
  const texts = [
    ...template.sources.flatMap((source) =>
      expressionsIn(source.path.endsWith('.hbs') ? plainText(source.bytes) : ''),
    ),
    ...template.sources.flatMap(({ path }) =>
      [...path.matchAll(/__([a-z][a-zA-Z0-9]*)__/g)].map((one) => one[1] ?? ''),
    ),
    ...[...template.partials.values()].flatMap(({ text }) => expressionsIn(text)),
    ...template.computed.flatMap(([, expression]) => expressionsIn(expression)),
    ...template.inputs.flatMap((input) =>
      'default' in input && typeof input.default === 'string' ? expressionsIn(input.default) : [],
    ),
    ...conditionsOf(template).map(({ text }) => text),
  ];
  return new Set(texts.flatMap((text) => text.match(/[a-z][a-zA-Z0-9]*/g) ?? []));
}

const expressionsIn = (text: string | undefined): readonly string[] =>
  [...withoutRaw(text ?? '').matchAll(/(?<!\\)\{\{([^}]*)\}\}/g)].map((one) => one[1] ?? '');

function conditionsOf(template: Template): readonly Condition[] {
  const ofInputs = template.inputs.flatMap((input) => [
    input.when,
    ...('choices' in input ? input.choices.map((choice) => choice.when) : []),
    ...(input.type === 'multi-choice' ? input.default.map((one) => one.when) : []),
    ...(input.type === 'boolean' && typeof input.default === 'object' ? [input.default] : []),
  ]);
  const others = [...template.files, ...template.actions].map((one) => one.when);
  return [...ofInputs, ...others].filter((one) => one !== undefined);
}

/** Rules that match none of the paths that were ever written or left out. */
export function idleRules(template: Template, paths: readonly string[]): readonly number[] {
  return template.files.flatMap(({ match }, index) => (paths.some(globMatcher(match)) ? [] : [index]));
}
