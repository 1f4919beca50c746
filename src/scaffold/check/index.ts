import { join } from '../../base/paths';
import { brokenTemplate } from '../errors';
import { renderOf } from '../plan';
import type { Template } from '../template';
import { spotIn } from '../yaml';
import type { Finding, Observation } from './finding';
import type { Matrix, Trial } from './matrix';
import { matrixOf } from './matrix';
import { observeRendered } from './rendered';
import type { Known } from './rendered';
import { renderTrial } from './render-trial';
import { shownBy } from './shown';
import { fromOf, idleRules, observeSources, wordsRead } from './static';

export type { Finding } from './finding';
export { findingText } from './finding';
export type { Matrix, Trial } from './matrix';
export { matrixOf } from './matrix';

export interface CheckOptions {
  /** The text of the template's `template.yaml`, for the lines of findings. */
  readonly manifest: string;
  readonly signal: AbortSignal;
  /** Called between two combinations: shows how far it is, and lets others work. */
  readonly onTrial?: (done: number, all: number) => Promise<void> | void;
}

export interface CheckReport {
  readonly findings: readonly Finding[];
  /** Combinations of answers that were tried. */
  readonly trials: number;
  /** Files that came of them. */
  readonly files: number;
}

/**
 * Renders a template with a covering set of answers and looks at all that comes out, in memory; nothing is written or run.
 * Findings are sorted by file and line. Throws AbortError.
 */
export async function checkTemplate(template: Template, options: CheckOptions): Promise<CheckReport> {
  const matrix = matrixOf(template, renderOf(template));
  const gathered = new Gathered(matrix.trials);
  const known: Known = new Map();
  const written = new Set<string>();
  const paths = new Set<string>();
  let files = 0;
  for (const [index, trial] of matrix.trials.entries()) {
    options.signal.throwIfAborted();
    const rendered = renderTrial(template, trial.answers);
    gathered.add(index, [...rendered.observations, ...observeRendered(template, rendered, known)]);
    for (const { source } of rendered.files) written.add(source.path);
    for (const path of rendered.paths) paths.add(path);
    files += rendered.files.length;
    await options.onTrial?.(index + 1, matrix.trials.length);
  }
  const seen = gathered.findings(template);
  const broken = new Set(seen.map((one) => one.path));
  const always = [
    ...observeSources(template),
    ...observeManifest(template, matrix, options.manifest),
    ...(matrix.trials.length === 0
      ? []
      : observeIdle(template, { written, paths: [...paths], broken }, options.manifest)),
  ].map((one): Finding => ({ ...one, shown: '' }));
  const findings = [...seen, ...always];
  return {
    findings: findings.toSorted((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1)),
    trials: matrix.trials.length,
    files,
  };
}

/** Observations of many trials, each once. */
class Gathered {
  readonly #trials: readonly Trial[];
  readonly #seen = new Map<string, { readonly one: Observation; readonly by: Set<number> }>();

  constructor(trials: readonly Trial[]) {
    this.#trials = trials;
  }

  add(trial: number, observations: readonly Observation[]): void {
    for (const one of observations) {
      const key = JSON.stringify([one.path, one.line, one.message]);
      const known = this.#seen.get(key) ?? { one, by: new Set<number>() };
      known.by.add(trial);
      this.#seen.set(key, known);
    }
  }

  findings(template: Template): readonly Finding[] {
    return [...this.#seen.values()].map(({ one, by }) => ({
      ...one,
      shown: shownBy(template, one, this.#trials, by),
    }));
  }
}

function observeManifest(template: Template, matrix: Matrix, manifest: string): readonly Observation[] {
  const read = wordsRead(template);
  const inputs = template.inputs.flatMap(({ key }, index) =>
    read.has(key)
      ? []
      : [
          {
            way: ['inputs', index, 'key'],
            message: `Nothing reads the answer to ${key}; use it or ask no longer.`,
          },
        ],
  );
  const computed = template.computed.flatMap(([key]) =>
    read.has(key)
      ? []
      : [{ way: ['computed', key], message: `Nothing reads ${key}; use it or compute it no longer.` }],
  );
  const samples = matrix.unanswerable.map((input) => ({
    way: ['inputs', template.inputs.indexOf(input), 'key'],
    message: `No answer to ${input.key} could be guessed; give it a placeholder that is a valid answer.`,
  }));
  const line = linesIn(template, manifest);
  const at = join(template.dir, 'template.yaml');
  return [
    ...[...inputs, ...computed].map(({ way, message }) =>
      observation({ path: at, line: line(way), message, code: 'unused' }),
    ),
    ...samples.map(({ way, message }) =>
      observation({ path: at, line: line(way), message, code: 'no-sample' }),
    ),
  ];
}

interface Seen {
  /** Sources that some combination writes. */
  readonly written: ReadonlySet<string>;
  readonly paths: readonly string[];
  /** Files of which something else is wrong already. */
  readonly broken: ReadonlySet<string>;
}

function observeIdle(
  template: Template,
  { written, paths, broken }: Seen,
  manifest: string,
): readonly Observation[] {
  const line = linesIn(template, manifest);
  const own = template.sources.filter((source) => fromOf(template, source).startsWith(`${template.dir}/`));
  const never = own
    .filter((source) => !written.has(source.path) && !broken.has(fromOf(template, source)))
    .map((source) =>
      observation({
        path: fromOf(template, source),
        line: 0,
        message:
          'No combination of answers writes this file; look at the rules under files in template.yaml.',
        code: 'never-written',
      }),
    );
  const rules = idleRules(template, paths).map((index) =>
    observation({
      path: join(template.dir, 'template.yaml'),
      line: line(['files', index, 'match']),
      message: `The rule ${template.files[index]?.match ?? ''} matches no file of the template.`,
      code: 'rule-without-file',
    }),
  );
  return [...never, ...rules];
}

const observation = (one: Omit<Observation, 'severity'>): Observation => ({ ...one, severity: 'warning' });

/** Finds the zero-based line of a part of `template.yaml`. */
function linesIn(template: Template, manifest: string): (way: readonly (string | number)[]) => number {
  const path = join(template.dir, 'template.yaml');
  const root = spotIn(manifest, (why, line) => brokenTemplate(path, why, line));
  return (way) => {
    const fix = way.reduce((spot, key) => spot.at(key), root).broken('').fix;
    return fix?.kind === 'file' ? (fix.line ?? 0) : 0;
  };
}
