import type { Finding } from '../../../../src/guidelines';
import { checkSpec } from '../../../../src/guidelines';
import type { Loaded } from '../../../../src/guidelines/config/find';
import { configFor } from '../../../../src/guidelines/config/find';
import type { ReadText } from '../../../../src/guidelines/config/loading';
import { Plan } from '../../../../src/guidelines/config/plan';
import type { Preset } from '../../../../src/guidelines/rule';

/** Files in memory, by absolute path. */
export function reader(files: Readonly<Record<string, string>>): ReadText {
  return (path) => Promise.resolve(Object.hasOwn(files, path) ? files[path] : undefined);
}

export function loaded(
  files: Readonly<Record<string, string>>,
  folder = '/w/api',
  preset: Preset = 'recommended',
): Promise<Loaded> {
  return configFor(folder, reader(files), preset);
}

/** What is wrong with the files: `name:line: message`, with lines from one. */
export async function problemsOf(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return (await loaded(files)).problems.map(
    ({ file, range, message }) => `${file}:${range.start.line + 1}: ${message}`,
  );
}

/** What is wrong with a guidelines.yaml. */
export async function faults(text: string): Promise<readonly string[]> {
  const all = await problemsOf({ '/w/.servicewright/guidelines.yaml': text });
  return all.map((one) => one.replace('/w/.servicewright/guidelines.yaml:', ''));
}

/** The severities, by rule, of those that are on for a file. */
export async function levels(
  files: Readonly<Record<string, string>>,
  path = '/w/api/openapi.yaml',
): Promise<Readonly<Record<string, string>>> {
  const plan = new Plan(await loaded(files));
  return { ...plan.optionsFor(path).severities };
}

/** The findings in a text under a configuration. */
export async function findings(
  files: Readonly<Record<string, string>>,
  text: string,
  path = '/w/api/openapi.yaml',
): Promise<readonly Finding[]> {
  const plan = new Plan(await loaded(files));
  return checkSpec(text, plan.optionsFor(path));
}
