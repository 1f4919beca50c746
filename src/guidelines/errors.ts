import type { Fix } from '../base/errors';
import { UserError } from '../base/errors';
import { nearest } from '../base/text';
import type { ConfigProblem } from './config/text';

const hint = (label: string): { readonly fix: Fix } => ({ fix: { kind: 'hint', label } });

export const noSuchFile = (path: string): UserError =>
  new UserError(
    'guidelines/no-such-file',
    `${path} does not exist.`,
    hint('name a file, or a glob in quotes'),
  );

export const unreadable = (path: string, why: string, cause: unknown): UserError =>
  new UserError('guidelines/unreadable', `${path} can't be read: ${why.replace(/\.$/, '')}.`, {
    ...hint('check that it is a file and that you may read it'),
    cause,
  });

export const nothingMatches = (glob: string): UserError =>
  new UserError(
    'guidelines/nothing-matches',
    `No file matches ${glob}.`,
    hint('`**` stands for any folders; node_modules and .git are left out'),
  );

export const notASpec = (path: string): UserError =>
  new UserError(
    'guidelines/not-a-spec',
    `${path} is no OpenAPI 3.0 to 3.2, Swagger 2.0, AsyncAPI 2 or 3, Arazzo 1 or Overlay 1 document.`,
    hint('such a document has `openapi: 3.1.0`, or the like, at its root'),
  );

export const noSpecMatches = (glob: string): UserError =>
  new UserError(
    'guidelines/no-spec-matches',
    `No file that matches ${glob} is an API description that is known here: OpenAPI, Swagger, AsyncAPI, Arazzo or Overlay.`,
    hint('such a document has `openapi: 3.1.0`, or the like, at its root'),
  );

export const unknownFormat = (format: string, known: readonly string[]): UserError =>
  new UserError(
    'guidelines/unknown-format',
    `lint has no format ${JSON.stringify(format)}; it knows ${known.join(', ')}.`,
    hint('servicewright lint --help'),
  );

export const unknownFailOn = (level: string): UserError =>
  new UserError(
    'guidelines/unknown-level',
    `--fail-on takes error, warning, info, hint or never, not ${JSON.stringify(level)}.`,
    hint('servicewright lint --help'),
  );

export const unknownPreset = (name: string, known: readonly string[]): UserError => {
  const near = nearest(name, known);
  return new UserError(
    'guidelines/unknown-preset',
    `There is no preset ${JSON.stringify(name)}.`,
    hint(near === undefined ? `presets are ${known.join(', ')}` : `perhaps ${near} is meant`),
  );
};

export const wrongConfiguration = (problems: readonly ConfigProblem[]): UserError => {
  const [first, ...rest] = problems;
  const place = first === undefined ? 'The configuration' : placeOf(first);
  const more = rest.length === 0 ? '' : ` There is more that is wrong; see above.`;
  return new UserError(
    'guidelines/wrong-configuration',
    `${place}: ${first?.message ?? 'it is wrong.'}${more}`,
    {
      ...hint('servicewright lint --print-config shows what holds once it is mended'),
      lines: rest.map(placed),
    },
  );
};

const placeOf = ({ file, range }: ConfigProblem): string =>
  `${file}:${range.start.line + 1}:${range.start.character + 1}`;
const placed = (problem: ConfigProblem): string => `${placeOf(problem)}: ${problem.message}`;

export const fixesStdin = (): UserError =>
  new UserError(
    'guidelines/fixes-stdin',
    '--fix writes files, and - is none.',
    hint('name the file instead of -'),
  );

export const changedMeanwhile = (path: string): UserError =>
  new UserError(
    'guidelines/changed-meanwhile',
    `${path} was changed while it was checked, so nothing was written into it.`,
    hint('run the same command again'),
  );

export const notWritten = (path: string, why: string, cause: unknown): UserError =>
  new UserError('guidelines/not-written', `${path} can't be written: ${why.replace(/\.$/, '')}.`, {
    ...hint('check that you may write there'),
    cause,
  });

export const baselineRefused = (path: string): UserError =>
  new UserError(
    'guidelines/baseline-refused',
    `${path} has no list under \`ignores\` that can be added to.`,
    hint('make `ignores:` a list of mappings, or move the file away'),
  );

export const noSuchRule = (id: string, known: readonly string[]): UserError => {
  const near = nearest(id, known);
  return new UserError(
    'guidelines/no-such-rule',
    `There is no rule ${JSON.stringify(id)}.`,
    hint(near === undefined ? 'servicewright rules lists them' : `servicewright explain ${near}`),
  );
};

export const noSuchPage = (id: string): UserError =>
  new UserError('guidelines/no-such-rule', `There is no guideline rule ${JSON.stringify(id)}.`, {
    fix: { kind: 'command', label: 'Pick a Rule', command: 'servicewright.guidelines.explainRule' },
  });

export const noGit = (cause: unknown): UserError =>
  new UserError(
    'guidelines/no-git',
    'git is not on the PATH, so there is no older version to compare with.',
    {
      ...hint('install git, or leave out --base'),
      cause,
    },
  );

export const notInRepository = (dir: string): UserError =>
  new UserError(
    'guidelines/not-in-repository',
    `${dir} is in no git repository, so there is no older version to compare with.`,
    hint('leave out --base, or make the folder part of a repository'),
  );

export const noSuchRef = (ref: string): UserError =>
  new UserError(
    'guidelines/no-such-ref',
    `git knows no commit ${JSON.stringify(ref)} to compare with.`,
    hint('name a branch, a tag or a commit that is in this clone; a shallow clone may lack it'),
  );

export const noDescriptionOpen = (): UserError =>
  new UserError(
    'guidelines/no-description-open',
    'No API description is open whose guidelines could be shown; open one and run this again.',
    hint('such a document has `openapi: 3.1.0`, or the like, at its root'),
  );

export const notSilenced = (): UserError =>
  new UserError(
    'guidelines/not-silenced',
    'The finding could not be silenced, since the document or the ignore file changed meanwhile; try it again.',
    hint('the ignore file is .servicewright/guidelines-ignore.yaml'),
  );

export const noDescriptionToPreview = (): UserError =>
  new UserError(
    'guidelines/no-description-open',
    'No API description is in front to be previewed; open one and run this again.',
    hint('such a document has `openapi: 3.1.0`, or the like, at its root'),
  );
